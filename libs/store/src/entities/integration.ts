import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { IntegrationType } from '#libs/model';

/** `connected`: nothing is to be done. `remote-auth-failed`: the login at the ATS must be repaired. `remote-not-ready`: the source is being set up. */
export type IntegrationState = 'connected' | 'remote-auth-failed' | 'remote-not-ready';

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
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** The row stays for the identities and runs that name it. */
    deletedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type IntegrationRow = InferEntity<typeof Integration>;
