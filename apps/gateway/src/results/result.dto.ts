import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { RESULT_STATES, type ResultState } from '#libs/model';
import { MayBeLeftOut } from '../http/may-be-left-out.js';
import { FromCaller } from '../http/openapi-input.js';
import { LimitQuery } from '../http/page.dto.js';
import { IsUtcTime } from '../http/utc-time.js';

const LARGEST = 1_000;

/** One summary score, on its own scale. */
@FromCaller()
export class ScoreBody {
  @IsString()
  @Length(1, 80)
  @ApiProperty({ description: 'The test’s own name, the same for everybody.' })
  name!: string;

  @IsString()
  @Length(1, 80)
  @ApiProperty({ description: 'What a recruiter reads.' })
  label!: string;

  @IsNumber({ allowInfinity: false, allowNaN: false })
  @Min(-LARGEST)
  @Max(LARGEST)
  value!: number;

  @IsNumber({ allowInfinity: false, allowNaN: false })
  @Min(-LARGEST)
  @Max(LARGEST)
  min!: number;

  @IsNumber({ allowInfinity: false, allowNaN: false })
  @Min(-LARGEST)
  @Max(LARGEST)
  max!: number;
}

/** The summary of an assessment. Any other key is refused by name: full results cannot be sent. */
@FromCaller({
  completedAt: '2026-11-22T10:00:00Z',
  roleFit: 82,
  scores: [{ name: 'logic', label: 'Logic', value: 7, min: 1, max: 10 }],
  summary: 'Solves new problems quickly',
  reportUrl: 'https://reports.alva.example/r/1',
})
export class ResultBody {
  @IsUtcTime()
  completedAt!: string;

  @MayBeLeftOut()
  @IsInt()
  @Min(1)
  @Max(99)
  @ApiProperty({ description: 'Role fit in percent.' })
  roleFit?: number;

  @MayBeLeftOut()
  @IsInt()
  @Min(0)
  @Max(100)
  @ApiProperty({ description: 'How well a personality matches the profile, in percent.' })
  matchPercent?: number;

  @MayBeLeftOut()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ScoreBody)
  @ApiProperty({ type: () => [ScoreBody], description: 'Each on its own scale.' })
  scores?: ScoreBody[];

  @MayBeLeftOut()
  @IsString()
  @Length(1, 500)
  summary?: string;

  @IsString()
  @Length(9, 2_000)
  @ApiProperty({ description: 'https, at a host that `RESULT_URL_HOSTS` names.' })
  reportUrl!: string;
}

const truthOf = ({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value);

@FromCaller()
export class ReviseQuery {
  @MayBeLeftOut()
  @Transform(truthOf)
  @IsBoolean()
  @ApiProperty({ description: 'Lets another body take the place of one that was delivered.' })
  revise?: boolean;
}

@FromCaller()
export class ResultsQuery extends LimitQuery {
  @MayBeLeftOut()
  @IsIn(RESULT_STATES)
  state?: ResultState;

  @MayBeLeftOut()
  @IsUUID()
  tenantId?: string;

  @MayBeLeftOut()
  @IsUtcTime()
  @ApiProperty({ description: 'Only what changed before this time: the `updatedAt` of the last one goes on from there.' })
  before?: string;
}

@FromCaller({}, { delivered: true })
export class GiveUpBody {
  @MayBeLeftOut()
  @IsBoolean()
  @ApiProperty({ description: 'Somebody has seen the result in the ATS.' })
  delivered?: boolean;
}
