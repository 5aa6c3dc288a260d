import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { JOB_STATUSES, JOB_VISIBILITIES, type JobStatus, type JobVisibility } from '#libs/model';
import { PageQuery } from '../http/page.dto.js';
import { FromCaller } from '../http/openapi-input.js';
import { IsUtcTime } from '../http/utc-time.js';

/** A query's values are texts; what is not plainly a truth value stays one, and is refused. */
const truth = ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value);

@FromCaller()
export class ListQuery extends PageQuery {
  @IsOptional()
  @IsUtcTime()
  @ApiProperty({ description: 'Only what changed here since (`changedAt`), the oldest change first.' })
  updatedSince?: string;

  @IsOptional()
  @Transform(truth)
  @IsBoolean()
  @ApiProperty({ description: 'Also what was deleted at the source.' })
  includeDeleted?: boolean;
}

@FromCaller()
export class JobsQuery extends ListQuery {
  @IsOptional()
  @IsIn(JOB_STATUSES)
  status?: JobStatus;

  @IsOptional()
  @IsIn(JOB_VISIBILITIES)
  visibility?: JobVisibility;
}

@FromCaller()
export class CandidatesQuery extends ListQuery {
  @IsOptional()
  @IsString()
  @MaxLength(320)
  @ApiProperty({ description: 'The whole address; case does not matter.' })
  email?: string;
}

@FromCaller()
export class ApplicationsQuery extends ListQuery {
  @IsOptional()
  @IsUUID()
  jobId?: string;

  @IsOptional()
  @IsUUID()
  stageId?: string;

  @IsOptional()
  @IsUUID()
  candidateId?: string;
}
