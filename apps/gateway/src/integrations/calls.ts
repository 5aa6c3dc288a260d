import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import { createHttpClient, type Around, type Call, type Manifest, type Urgency } from '#libs/connectors';
import type { Clock } from '#libs/model';
import { Sealer, type IntegrationRow, type Place, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Metrics } from '../telemetry/metrics.js';
import { Traces } from '../telemetry/traces.js';
import { OAuthTokens } from './oauth/tokens.js';
import { Paces } from './paces.js';
import { route } from './routing.js';

/** Lets a request start, or throws. For reads and writes of records it is the consent gate. */
export type Admit = (start: () => void) => Promise<void>;

/** For calls that carry no personal data (key check, integration state): they need no consent. */
export const WITHOUT_PERSONAL_DATA: Admit = (start) => Promise.resolve(start());

export const credentialsPlace = (integrationId: string): Place => ({
  table: 'integration',
  column: 'sealed_credentials',
  rowId: integrationId,
});

/** Prepares what a connector is given: settings, opened credentials, the bounded HTTP client. */
@Injectable()
export class Calls {
  constructor(
    private readonly http: HttpService,
    private readonly environment: Environment,
    private readonly sealer: Sealer,
    private readonly paces: Paces,
    private readonly tokens: OAuthTokens,
    private readonly metrics: Metrics,
    private readonly traces: Traces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    paces.observe((connector, { urgency, waitedMs }) => metrics.callWaited(connector, urgency, waitedMs / 1000));
  }

  /** `urgency`: of the calls, where the source's limits make some wait; what a person waits for goes first. */
  async prepare(
    tx: Transaction,
    integration: IntegrationRow,
    admit: Admit,
    signal: AbortSignal,
    urgency: Urgency = 'notice',
  ): Promise<Call> {
    const { http, clock } = this;
    const { settings } = integration;
    const { manifest } = route(integration.type, integration.ats);
    const timeoutMs = this.environment.SOURCE_TIMEOUT_SECONDS * 1000;
    const { baseUrl, allowedHosts } = this.addressOf(manifest, settings);
    const credentials = await this.credentialsOf(tx, integration);
    const requestLimit = settings['requestLimit'] === undefined ? null : Number(settings['requestLimit']);
    const pace = this.paces.of(manifest, { tenantId: integration.tenantId, integrationId: integration.id, urgency, requestLimit });
    return {
      settings,
      credentials,
      platformKey: this.platformKeyOf(manifest),
      accessToken: () => this.tokens.access({ row: integration, manifest, credentials, signal }),
      http: createHttpClient({
        http,
        baseUrl,
        allowedHosts,
        signal,
        admit,
        pace,
        clock,
        around: this.watch(manifest.slug),
        limits: { timeoutMs },
      }),
      signal,
    };
  }

  /** Alva's own credentials at the source. */
  private platformKeyOf({ kind }: Manifest): string | null {
    const { KOMBO_API_KEY, TEAMTAILOR_PARTNER_KEY = null } = this.environment;
    return { unified: KOMBO_API_KEY, native: null, partner: TEAMTAILOR_PARTNER_KEY }[kind];
  }

  /** Counts and traces each attempt, by what may be told of it. */
  private watch(connector: string): Around {
    return (call, work) => {
      const startedMs = performance.now();
      return this.traces.span('call', { connector, 'http.request.method': call.method, 'http.route': call.route }, async (set) => {
        const result = await work();
        const outcome = 'answer' in result ? String(result.answer.status) : result.failure.kind;
        if ('answer' in result) set({ 'http.response.status_code': result.answer.status });
        else set({ 'error.kind': result.failure.kind });
        this.metrics.callEnded({ connector, outcome, seconds: (performance.now() - startedMs) / 1000 });
        return result;
      });
    };
  }

  /** An address that a tenant's settings name is called only where the environment lets it. */
  private addressOf({ kind, apiUrl }: Manifest, settings: IntegrationRow['settings']) {
    const { KOMBO_API_URL, EGRESS_ALLOW_HOSTS } = this.environment;
    const usual = kind === 'unified' ? KOMBO_API_URL : apiUrl(settings);
    return { baseUrl: settings['apiUrl'] ?? usual, allowedHosts: [new URL(usual).hostname, ...EGRESS_ALLOW_HOSTS] };
  }

  async credentialsOf(tx: Transaction, { tenantId, id, sealedCredentials }: IntegrationRow): Promise<Record<string, string>> {
    if (sealedCredentials === null || sealedCredentials === undefined) return {};
    const opened: unknown = JSON.parse(await this.sealer.open(tx, tenantId, credentialsPlace(id), Buffer.from(sealedCredentials)));
    const entries = Object.entries(typeof opened === 'object' && opened !== null ? opened : {});
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }
}
