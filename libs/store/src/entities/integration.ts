import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { IntegrationState, IntegrationType } from '#libs/model';

/** Something about an integration that a person should know, with names from the source's documentation. */
export interface Finding {
  readonly code: string;
  readonly names: readonly string[];
}

/** A tenant's link to one ATS. At most one of a tenant is active. */
export const Integration = defineEntity({
  name: 'Integration',
  tableName: 'integration',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    type: p.text().$type<IntegrationType>(),
    ats: p.text(),
    connector: p.text(),
    settings: p.json<Record<string, string>>(),
    sealedCredentials: p.blob().nullable(),
    active: p.boolean(),
    state: p.text().$type<IntegrationState>(),
    stateCode: p.text().nullable(),
    /** What the source calls the accounts that the settings name: one account serves one tenant, and webhooks name it. */
    accounts: p
      .array()
      .$type<string[]>()
      .onCreate(() => []),
    /** When the source itself last said how the link stands: an older word does not undo it. */
    remoteStateAt: p.datetime().columnType('timestamptz').nullable(),
    findings: p.json<Finding[]>().onCreate(() => []),
    checkedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** The row stays for the identities and runs that name it. */
    deletedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type IntegrationRow = InferEntity<typeof Integration>;
