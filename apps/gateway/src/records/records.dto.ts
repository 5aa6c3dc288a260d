import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { JOB_STATUSES, JOB_VISIBILITIES, type JobStatus, type JobVisibility } from '#libs/model';
import { IsUtcTime } from '../http/utc-time.js';

/** A query's values are texts; what is not plainly a number or a truth value stays one, and is refused. */
const wholeNumber = ({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value);
const truth = ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value);

export class ListQuery {
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(250)
  limit?: number;

  @IsOptional()
  @IsString()
  @MaxLength(512)
  cursor?: string;

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
