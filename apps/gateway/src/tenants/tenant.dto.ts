import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsString, Length, Max, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { INTEGRATION_STATES, INTEGRATION_TYPES, type IntegrationState, type IntegrationType } from '#libs/model';
import { FromCaller } from '../http/openapi-input.js';
import { ref } from '../http/openapi-schema.js';
import { HIDDEN_FIELDS } from './tenant.schema.js';
import { PageQuery } from '../http/page.dto.js';
import { MayBeLeftOut } from '../http/may-be-left-out.js';

@FromCaller({ name: 'Acme' })
export class TenantBody {
  @IsString()
  @Length(1, 200)
  name!: string;
}

@FromCaller()
export class TenantsQuery extends PageQuery {
  @MayBeLeftOut()
  @IsIn(INTEGRATION_TYPES)
  type?: IntegrationType;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(64)
  @ApiProperty({ description: 'Of the active integration, as are `type` and `state`.' })
  ats?: string;

  @MayBeLeftOut()
  @IsIn(INTEGRATION_STATES)
  state?: IntegrationState;

  @MayBeLeftOut()
  @IsString()
  @MaxLength(200)
  @ApiProperty({ description: 'Part of the name; case does not matter.' })
  q?: string;
}

@FromCaller()
export class JobScopeBody {
  @IsString()
  @Length(1, 100)
  stageNameContains!: string;
}

@FromCaller({ hiddenFields: { user: ['email'] }, jobScope: { stageNameContains: 'Alva' } }, { jobScope: null, retentionDays: 365 })
export class PolicyBody {
  /** Per resource, names of fields; checked against the allowlist. Replaces what was hidden before. */
  @MayBeLeftOut()
  @IsObject()
  @ApiProperty({ ...HIDDEN_FIELDS, description: 'Replaces what was hidden before.' })
  hiddenFields?: Record<string, unknown>;

  /** Null ends the narrowing. */
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => JobScopeBody)
  @ApiProperty({ oneOf: [ref('JobScopeBody'), { type: 'null' }], description: 'Null ends the narrowing.' })
  jobScope?: JobScopeBody | null;

  /** Null: kept as long as the ATS keeps it. */
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsInt()
  @Min(1)
  @Max(3650)
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: kept as long as the ATS keeps it.' })
  retentionDays?: number | null;
}
