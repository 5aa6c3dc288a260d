import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import { createHttpClient, type HttpAnswer, type Manifest, type OAuth, type Verdict } from '#libs/connectors';
import { GatewayError, type Clock } from '#libs/model';
import { lockName, OAuthToken, Sealer, Store, type IntegrationRow, type Place, type Transaction } from '#libs/store';
import { CLOCK } from '../../config/clock.js';
import { Environment } from '../../config/environment.js';
import { readTokens, type Tokens } from './token-answer.js';

/** A token that ends sooner is replaced first: the call that it is for takes a while. */
const SPARE_MS = 60_000;

/** The refresh holds the integration's lock, so it does not wait long. */
const TIMEOUT_MS = 15_000;

/** What the state of a link says once the ATS refuses to go on with what it gave us. */
export const OAUTH_REFUSED = 'OAUTH_REFUSED';

const placeOf = (integrationId: string): Place => ({ table: 'oauth_token', column: 'sealed_tokens', rowId: integrationId });

interface Client {
  readonly row: IntegrationRow;
  readonly manifest: Manifest;
  readonly credentials: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Tokens of ATSs with OAuth. One refresh at a time for an integration, over all processes: it happens under a lock, and what it brings (a
 * rotated refresh token too) is stored in the transaction that holds it. A process that dies in between loses a rotated token: the customer
 * then has to connect anew, as with any client.
 */
@Injectable()
export class OAuthTokens {
  constructor(
    private readonly http: HttpService,
    private readonly store: Store,
    private readonly sealer: Sealer,
    private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `remote-auth-failed` where only the customer can give a new one. */
  access(client: Client): Promise<string> {
    const { tenantId, id } = client.row;
    return this.store.inTenant(tenantId, async (tx) => {
      const kept = await this.read(tx, client);
      if (kept !== null && this.lasts(kept)) return kept.accessToken;
      await lockName(tx, `oauth ${id}`);
      const current = await this.read(tx, client);
      if (current !== null && this.lasts(current)) return current.accessToken;
      const fresh = await this.request(client, this.formFor(client, current));
      await this.keep(tx, client.row, { ...fresh, refreshToken: fresh.refreshToken ?? current?.refreshToken ?? null });
      return fresh.accessToken;
    });
  }

  /** The first tokens, for the code that a customer's browser brought back. */
  async redeem(tx: Transaction, client: Client, code: string, redirectUri: string): Promise<void> {
    const tokens = await this.request(client, { grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    await this.keep(tx, client.row, tokens);
  }

  private lasts({ expiresAt }: Tokens): boolean {
    return expiresAt.getTime() - SPARE_MS > this.clock.now().getTime();
  }

  private formFor({ row, manifest }: Client, current: Tokens | null): Record<string, string> {
    if (current?.refreshToken !== null && current?.refreshToken !== undefined)
      return { grant_type: 'refresh_token', refresh_token: current.refreshToken };
    const { grants, extra } = oauthOf(manifest);
    if (grants.includes('client-credentials') && row.settings['grant'] !== 'authorization-code')
      return { grant_type: 'client_credentials', ...extra.token(row.settings) };
    throw refused();
  }

  private async request({ row, manifest, credentials, signal }: Client, form: Record<string, string>): Promise<Tokens> {
    const oauth = oauthOf(manifest);
    const tokenUrl = new URL(oauth.tokenUrl(row.settings));
    const { clientId, clientSecret } = credentials;
    if (clientId === undefined || clientSecret === undefined)
      throw new GatewayError('config-invalid', { detail: 'this connection needs clientId and clientSecret among its credentials' });
    const isBasic = oauth.clientAuth === 'basic';
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const allowedHosts = [...hostsOf(row, oauth), ...this.environment.EGRESS_ALLOW_HOSTS];
    const http = createHttpClient({
      http: this.http,
      baseUrl: tokenUrl.origin,
      allowedHosts,
      signal,
      admit: (start) => Promise.resolve(start()),
      clock: this.clock,
      // A rotated token that was sent twice is refused, and with it the connection.
      limits: { timeoutMs: TIMEOUT_MS, attempts: 1 },
    });
    const answer = await http.send(
      {
        method: 'POST',
        path: tokenUrl.pathname.slice(1),
        headers: { Accept: 'application/json', ...(isBasic ? { Authorization: `Basic ${basic}` } : {}) },
        form: { ...form, ...(isBasic ? {} : { client_id: clientId, client_secret: clientSecret }) },
      },
      judge,
    );
    return readTokens(answer.json, { clock: this.clock, defaultLifetimeMs: oauth.defaultLifetimeMs });
  }

  private async read(tx: Transaction, { row }: Client): Promise<Tokens | null> {
    const kept = await tx.em.findOne(OAuthToken, { tenantId: row.tenantId, integrationId: row.id }, { refresh: true });
    if (kept === null) return null;
    const opened: unknown = JSON.parse(await this.sealer.open(tx, row.tenantId, placeOf(row.id), Buffer.from(kept.sealedTokens)));
    const { a, r } = typeof opened === 'object' && opened !== null ? { a: null, r: null, ...opened } : { a: null, r: null };
    if (typeof a !== 'string') return null;
    return { accessToken: a, refreshToken: typeof r === 'string' ? r : null, expiresAt: kept.expiresAt };
  }

  private async keep(tx: Transaction, { tenantId, id }: IntegrationRow, tokens: Tokens): Promise<void> {
    const plain = JSON.stringify({ a: tokens.accessToken, r: tokens.refreshToken });
    const sealedTokens = await this.sealer.seal(tx, tenantId, placeOf(id), plain);
    await tx.em.upsert(OAuthToken, { tenantId, integrationId: id, sealedTokens, expiresAt: tokens.expiresAt, updatedAt: this.clock.now() });
  }
}

export function oauthOf({ oauth }: Manifest): OAuth {
  if (oauth !== null) return oauth;
  throw new GatewayError('unsupported', { detail: 'this connector is connected by credentials, not by OAuth' });
}

function hostsOf({ settings }: IntegrationRow, { tokenUrl }: OAuth): string[] {
  return settings['authUrl'] === undefined ? [new URL(tokenUrl(settings)).hostname] : [];
}

const refused = (): GatewayError => new GatewayError('remote-auth-failed', { context: { code: OAUTH_REFUSED } });

/** A token endpoint refuses with 400 or 401 (RFC 6749, 5.2); nothing else means that the connection is over. */
function judge({ status, retryAfterMs }: HttpAnswer): Verdict {
  if (status < 300) return { outcome: 'ok' };
  if (status === 400 || status === 401 || status === 403) return { outcome: 'failed', error: refused() };
  const afterMs = retryAfterMs === null ? {} : { afterMs: retryAfterMs };
  const kind = status === 429 ? 'remote-rate-limited' : 'remote-unavailable';
  return { outcome: 'failed', error: new GatewayError(kind, { retry: { when: 'later', ...afterMs }, context: { status } }) };
}
