import type { IntegrationType, Outward, Resource } from '#libs/model';

/** Only the applications, candidates and stages of jobs with a stage whose name contains this (case does not matter). */
export interface JobScope {
  readonly stageNameContains: string;
}

export type Purpose = 'sync' | 'serve' | 'write-back';

export interface GrantContent {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly integrationType: IntegrationType;
  /** Of the tenant's gate when the grant was made; the gate refuses any other. */
  readonly epoch: string;
  readonly purpose: Purpose;
  /** Per resource that may be read, the fields that may enter. A resource that is not here may not be read. */
  readonly fields: ReadonlyMap<Resource, ReadonlySet<string>>;
  readonly write: ReadonlySet<Outward>;
  readonly jobScope: JobScope | null;
}

/**
 * Leave to move data: tenant, epoch, purpose, direction, resources and fields. A proof type: only `grantFor` of this library makes one,
 * the private field keeps any other object from passing as one.
 */
class GrantProof implements GrantContent {
  readonly #made = true;
  readonly tenantId: string;
  readonly integrationId: string;
  readonly integrationType: IntegrationType;
  readonly epoch: string;
  readonly purpose: Purpose;
  readonly fields: ReadonlyMap<Resource, ReadonlySet<string>>;
  readonly write: ReadonlySet<Outward>;
  readonly jobScope: JobScope | null;

  constructor(content: GrantContent) {
    this.tenantId = content.tenantId;
    this.integrationId = content.integrationId;
    this.integrationType = content.integrationType;
    this.epoch = content.epoch;
    this.purpose = content.purpose;
    this.fields = content.fields;
    this.write = content.write;
    this.jobScope = content.jobScope;
    Object.freeze(this);
  }

  static isMade(value: unknown): value is GrantProof {
    return typeof value === 'object' && value !== null && #made in value && value.#made;
  }
}

export type Grant = GrantProof;

/** For `grantFor` alone: not exported from the library. */
export function makeGrant(content: GrantContent): Grant {
  return new GrantProof(content);
}

/** Whether a value is a grant that this library made (a second wall, at run time). */
export const isGrant = (value: unknown): value is Grant => GrantProof.isMade(value);
