import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { JOB_STATUSES, JOB_VISIBILITIES, type JobStatus, type JobVisibility } from '#libs/model';
import { PageQuery } from '../http/page.dto.js';
import { IsUtcTime } from '../http/utc-time.js';

/** A query's values are texts; what is not plainly a truth value stays one, and is refused. */
const truth = ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value);

export class ListQuery extends PageQuery {
  @IsOptional()
  @IsUtcTime()
  updatedSince?: string;

  @IsOptional()
  @Transform(truth)
  @IsBoolean()
  includeDeleted?: boolean;
}

export class JobsQuery extends ListQuery {
  @IsOptional()
  @IsIn(JOB_STATUSES)
  status?: JobStatus;

  @IsOptional()
  @IsIn(JOB_VISIBILITIES)
  visibility?: JobVisibility;
}

export class CandidatesQuery extends ListQuery {
  @IsOptional()
  @IsString()
  @MaxLength(320)
  email?: string;
}

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
