import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { GatewayError, isUuid, type Clock } from '#libs/model';
import { OAuthState, Store } from '#libs/store';
import { CLOCK } from '../../config/clock.js';
import { Environment } from '../../config/environment.js';
import { Calls } from '../calls.js';
import { Checks } from '../checks.js';
import { Integrations } from '../integrations.js';
import { route } from '../routing.js';
import { oauthOf, OAuthTokens } from './tokens.js';

/** An hour to find the person who may let us in. */
const STATE_LASTS_MS = 3600_000;

const REDEEM_TIMEOUT_MS = 20_000;

/** Where an ATS sends the customer's browser back to. */
const CALLBACK_PATH = '/platform/v1/oauth/callback';

const hashOf = (state: string): string => createHash('sha256').update(state).digest('base64url');

/** A customer lets us into their ATS in their browser: the link there, and the way back. */
@Injectable()
export class Authorizations {
  constructor(
    private readonly store: Store,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly tokens: OAuthTokens,
    private readonly checks: Checks,
    private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The address to open. Its state belongs to this tenant and integration, is good once, and for an hour. Throws `unsupported`. */
  async link(tenantId: string, id: string): Promise<{ readonly url: string; readonly expiresAt: string }> {
    return this.store.inTenant(tenantId, async (tx) => {
      const row = await this.integrations.find(tx, tenantId, id);
      const { manifest } = route(row.type, row.ats);
      const { authorizeUrl, scopes, extra } = oauthOf(manifest);
      const { clientId } = await this.calls.credentialsOf(tx, row);
      if (authorizeUrl === null)
        throw new GatewayError('unsupported', { detail: 'this ATS needs no browser: enter clientId and clientSecret' });
      if (clientId === undefined)
        throw new GatewayError('config-invalid', { detail: 'enter clientId and clientSecret among the credentials first' });
      const state = `${tenantId}.${randomBytes(32).toString('base64url')}`;
      const redirectUri = new URL(CALLBACK_PATH, this.environment.PUBLIC_URL).href;
      const expiresAt = new Date(this.clock.now().getTime() + STATE_LASTS_MS);
      await tx.em.nativeDelete(OAuthState, { tenantId, integrationId: id });
      await tx.em.insert(OAuthState, { tenantId, integrationId: id, stateHash: hashOf(state), redirectUri, expiresAt });
      const url = new URL(authorizeUrl(row.settings));
      const asked = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        ...extra.authorize,
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href, expiresAt: expiresAt.toISOString() };
    });
  }

  /** The way back. Throws `invalid-request` for a state that is not (or no longer) known, `remote-auth-failed` for a code that the ATS refuses. */
  async complete(state: string, code: string): Promise<void> {
    const [tenantId = ''] = state.split('.');
    if (!isUuid(tenantId)) throw unknownState();
    const integrationId = await this.store.inTenant(tenantId, async (tx) => {
      const [known] = await tx.rows<{ integrationId: string; redirectUri: string }>(
        `delete from oauth_state where tenant_id = $1 and state_hash = $2 and expires_at > $3
         returning integration_id as "integrationId", redirect_uri as "redirectUri"`,
        [tenantId, hashOf(state), this.clock.now().toISOString()],
      );
      if (known === undefined) throw unknownState();
      const row = await this.integrations.find(tx, tenantId, known.integrationId);
      const { manifest } = route(row.type, row.ats);
      const credentials = await this.calls.credentialsOf(tx, row);
      const client = { row, manifest, credentials, signal: AbortSignal.timeout(REDEEM_TIMEOUT_MS) };
      await this.tokens.redeem(tx, client, code, known.redirectUri);
      return row.id;
    });
    await this.checks.check(tenantId, integrationId);
  }
}

const unknownState = (): GatewayError =>
  new GatewayError('invalid-request', {
    detail: 'this link was used before, or is too old; ask for a new one with POST …/integrations/{id}/authorize',
  });
