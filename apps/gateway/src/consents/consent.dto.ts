import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsIn, IsString, Length, Matches, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { OUTWARD, RESOURCES, type Outward, type Resource } from '#libs/model';
import { FromCaller } from '../http/openapi-input.js';
import { IsUtcTime } from '../http/utc-time.js';
import { MayBeLeftOut } from '../http/may-be-left-out.js';

const KINDS = ['dpa-signed', 'dpa-terminated', 'integration-enabled', 'integration-disabled', 'sub-processor-objected'] as const;

const When = (...kinds: (typeof KINDS)[number][]) => ValidateIf((entry: ConsentEntryBody) => kinds.includes(entry.kind));

@FromCaller()
export class CoversBody {
  @IsArray()
  @IsIn(RESOURCES, { each: true })
  read!: Resource[];

  @IsArray()
  @IsIn(OUTWARD, { each: true })
  write!: Outward[];
}

/** One ledger entry; which keys it has depends on its kind. */
@FromCaller(
  {
    kind: 'dpa-signed',
    documentVersion: '2026-1',
    signedAt: '2026-01-01T00:00:00Z',
    effectiveFrom: '2026-01-01T00:00:00Z',
    covers: { read: ['job', 'user', 'candidate', 'application'], write: ['result'] },
    subProcessors: ['kombo'],
    recordedFor: 'Legal',
  },
  { kind: 'integration-enabled', by: 'customer' },
  { kind: 'sub-processor-objected', subProcessor: 'kombo' },
  { kind: 'integration-disabled', by: 'customer' },
  { kind: 'dpa-terminated', effectiveFrom: '2026-12-31T00:00:00Z', endChoice: 'delete' },
)
export class ConsentEntryBody {
  @IsIn(KINDS)
  kind!: (typeof KINDS)[number];

  @When('dpa-signed')
  @IsString()
  @Length(1, 100)
  documentVersion?: string;

  @MayBeLeftOut()
  @Matches(/^[0-9a-f]{64}$/)
  documentSha256?: string;

  @When('dpa-signed')
  @IsUtcTime()
  signedAt?: string;

  @When('dpa-signed', 'dpa-terminated')
  @IsUtcTime()
  effectiveFrom?: string;

  @MayBeLeftOut()
  @IsUtcTime()
  effectiveTo?: string;

  @When('dpa-signed')
  @IsDefined()
  @ValidateNested()
  @Type(() => CoversBody)
  covers?: CoversBody;

  @When('dpa-signed')
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  subProcessors?: string[];

  @When('dpa-signed')
  @IsString()
  @Length(1, 200)
  recordedFor?: string;

  @When('dpa-terminated')
  @IsIn(['delete', 'return'])
  endChoice?: 'delete' | 'return';

  @When('integration-enabled', 'integration-disabled')
  @IsString()
  @Length(1, 200)
  by?: string;

  @When('sub-processor-objected')
  @IsString()
  @Length(1, 100)
  subProcessor?: string;
}
