import { defineEntity, p } from '@mikro-orm/core';

const time = () => p.datetime().columnType('timestamptz');

/** An integration's tokens at its ATS, sealed. A refresh replaces the row, in the transaction that asked for it. */
export const OAuthToken = defineEntity({
  name: 'OAuthToken',
  tableName: 'oauth_token',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid().primary(),
    sealedTokens: p.blob(),
    expiresAt: time(),
    updatedAt: time(),
  },
});

/** A customer was sent to their ATS and has not come back yet. The state itself is not kept, only its hash. */
export const OAuthState = defineEntity({
  name: 'OAuthState',
  tableName: 'oauth_state',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid(),
    stateHash: p.text().primary(),
    redirectUri: p.text(),
    expiresAt: time(),
  },
});
