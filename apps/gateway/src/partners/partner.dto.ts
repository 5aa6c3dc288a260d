import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { JOB_STATUSES, JOB_VISIBILITIES, RESOURCES, type JobStatus, type JobVisibility, type Resource } from '#libs/model';
import { MayBeLeftOut } from '../http/may-be-left-out.js';
import { FromCaller } from '../http/openapi-input.js';
import { IsUtcTime } from '../http/utc-time.js';

const LONGEST_ID = 200;
const LONGEST_TEXT = 500;
const MOST_STAGES = 100;
const MOST_OF_A_TEAM = 500;

/** City, region and country alone: no street ever. */
@FromCaller()
export class LocationBody {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  city?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  region?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  country?: string;
}

@FromCaller()
export class StageBody {
  @IsString()
  @Length(1, LONGEST_ID)
  id!: string;

  @IsString()
  @MaxLength(LONGEST_TEXT)
  name!: string;

  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(1_000)
  position?: number;
}

@FromCaller({
  name: 'Engineer',
  status: 'open',
  visibility: 'public',
  location: { city: 'Stockholm', country: 'SE' },
  stages: [
    { id: 'applied', name: 'Applied' },
    { id: 'alva', name: 'Alva assessment' },
  ],
  hiringTeam: ['u-1'],
  updatedAt: '2026-11-22T10:00:00Z',
})
export class JobBody {
  @IsString()
  @Length(1, LONGEST_TEXT)
  name!: string;

  @MayBeLeftOut()
  @IsIn(JOB_STATUSES)
  status?: JobStatus;

  @MayBeLeftOut()
  @IsIn(JOB_VISIBILITIES)
  visibility?: JobVisibility;

  @MayBeLeftOut()
  @ValidateNested()
  @IsObject()
  @Type(() => LocationBody)
  location?: LocationBody;

  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MOST_STAGES)
  @ValidateNested({ each: true })
  @Type(() => StageBody)
  @ApiProperty({ type: () => [StageBody], description: 'In their order.' })
  stages?: StageBody[];

  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(MOST_OF_A_TEAM)
  @IsString({ each: true })
  @Length(1, LONGEST_ID, { each: true })
  @ApiProperty({ description: 'Ids of users, by your own names.' })
  hiringTeam?: string[];

  @MayBeLeftOut()
  @IsUtcTime()
  updatedAt?: string;
}

/** What users and candidates have in common. */
class PersonBody {
  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  firstName?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  lastName?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(320)
  email?: string;

  @MayBeLeftOut()
  @IsUtcTime()
  updatedAt?: string;
}

@FromCaller({ firstName: 'Ada', lastName: 'Berg', email: 'ada@ats.example' })
export class UserBody extends PersonBody {}

@FromCaller({ firstName: 'Nils', lastName: 'Holm', email: 'nils@mail.example', createdAt: '2026-11-20T08:00:00Z' })
export class CandidateBody extends PersonBody {
  @MayBeLeftOut()
  @IsUtcTime()
  createdAt?: string;
}

@FromCaller({ candidateId: 'c-1', jobId: 'j-1', stageId: 'alva', createdAt: '2026-11-20T08:00:00Z' })
export class ApplicationBody {
  @IsString()
  @Length(1, LONGEST_ID)
  @ApiProperty({ description: 'By your own name, like all references; it may be sent later.' })
  candidateId!: string;

  @IsString()
  @Length(1, LONGEST_ID)
  jobId!: string;

  @MayBeLeftOut()
  @IsString()
  @Length(1, LONGEST_ID)
  stageId?: string;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(LONGEST_TEXT)
  stageName?: string;

  @MayBeLeftOut()
  @IsUtcTime()
  createdAt?: string;

  @MayBeLeftOut()
  @IsUtcTime()
  updatedAt?: string;
}

@FromCaller()
export class BatchItemBody {
  @IsIn(RESOURCES)
  resource!: Resource;

  @IsString()
  @Length(1, LONGEST_ID)
  remoteId!: string;

  @MayBeLeftOut()
  @IsObject()
  @ApiProperty({ description: 'What a PUT of the resource takes.' })
  record?: object;

  @MayBeLeftOut()
  @IsBoolean()
  @ApiProperty({ description: 'Instead of `record`: it is deleted.' })
  deleted?: boolean;
}

@FromCaller({
  items: [
    { resource: 'candidate', remoteId: 'c-1', record: { firstName: 'Nils', lastName: 'Holm', email: 'nils@mail.example' } },
    { resource: 'application', remoteId: 'a-1', record: { candidateId: 'c-1', jobId: 'j-1', stageId: 'alva' } },
    { resource: 'user', remoteId: 'u-7', deleted: true },
  ],
})
export class BatchBody {
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(1_000)
  @IsObject({ each: true })
  @ApiProperty({ type: () => [BatchItemBody], description: 'At most 1,000, looked at one by one.' })
  items!: object[];
}

@FromCaller({ orderId: 'o-1', packageId: 'role-fit', applicationId: 'a-1' })
export class OrderBody {
  @IsString()
  @Length(1, LONGEST_ID)
  @ApiProperty({ description: 'Your own name of the order.' })
  orderId!: string;

  @IsString()
  @Length(1, 64)
  @ApiProperty({ description: 'Of `GET /partner/v1/assessments`.' })
  packageId!: string;

  @IsString()
  @Length(1, LONGEST_ID)
  @ApiProperty({ description: 'Of an application that was sent before.' })
  applicationId!: string;
}
