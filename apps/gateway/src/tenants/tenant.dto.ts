import { Type } from 'class-transformer';
import {
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { INTEGRATION_TYPES, type IntegrationType } from '#libs/model';
import type { IntegrationState } from '#libs/store';
import { PageQuery } from '../http/page.dto.js';

export class TenantBody {
  @IsString()
  @Length(1, 200)
  name!: string;
}

export class TenantsQuery extends PageQuery {
  @IsOptional()
  @IsIn(INTEGRATION_TYPES)
  type?: IntegrationType;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  ats?: string;

  @IsOptional()
  @IsIn(['connected', 'remote-auth-failed', 'remote-not-ready'] satisfies IntegrationState[])
  state?: IntegrationState;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class JobScopeBody {
  @IsString()
  @Length(1, 100)
  stageNameContains!: string;
}

export class PolicyBody {
  /** Per resource, names of fields; checked against the allowlist. Replaces what was hidden before. */
  @IsOptional()
  @IsObject()
  hiddenFields?: Record<string, unknown>;

  /** Null ends the narrowing. */
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsDefined()
  @ValidateNested()
  @Type(() => JobScopeBody)
  jobScope?: JobScopeBody | null;

  /** Null: kept as long as the ATS keeps it. */
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsInt()
  @Min(1)
  @Max(3650)
  retentionDays?: number | null;
}
