import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { JOB_STATUSES, JOB_VISIBILITIES, type JobStatus, type JobVisibility } from '#libs/model';
import { PageQuery } from '../http/page.dto.js';
import { FromCaller } from '../http/openapi-input.js';
import { IsUtcTime } from '../http/utc-time.js';
import { MayBeLeftOut } from '../http/may-be-left-out.js';

/** A query's values are texts; what is not plainly a truth value stays one, and is refused. */
const truth = ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value);

@FromCaller()
export class ListQuery extends PageQuery {
  @MayBeLeftOut()
  @IsUtcTime()
  @ApiProperty({ description: 'Only what changed here since (`changedAt`), the oldest change first.' })
  updatedSince?: string;

  @MayBeLeftOut()
  @Transform(truth)
  @IsBoolean()
  @ApiProperty({ description: 'Also what was deleted at the source.' })
  includeDeleted?: boolean;
}

@FromCaller()
export class JobsQuery extends ListQuery {
  @MayBeLeftOut()
  @IsIn(JOB_STATUSES)
  status?: JobStatus;

  @MayBeLeftOut()
  @IsIn(JOB_VISIBILITIES)
  visibility?: JobVisibility;
}

@FromCaller()
export class CandidatesQuery extends ListQuery {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(320)
  @ApiProperty({ description: 'The whole address; case does not matter.' })
  email?: string;
}

@FromCaller()
export class ApplicationsQuery extends ListQuery {
  @MayBeLeftOut()
  @IsUUID()
  jobId?: string;

  @MayBeLeftOut()
  @IsUUID()
  stageId?: string;

  @MayBeLeftOut()
  @IsUUID()
  candidateId?: string;
}
