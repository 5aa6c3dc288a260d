import { Inject, Injectable } from '@nestjs/common';
import type { CheckOutcome, Connector, ScopeDrift } from '#libs/connectors';
import { GatewayError, type Clock } from '#libs/model';
import { Store, type Finding, type IntegrationRow, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { SyncRequests } from '../sync/requests.js';
import { Calls, WITHOUT_PERSONAL_DATA } from './calls.js';
import { SCOPE_EXCESS, SCOPE_LACKING, withFindings } from './findings.js';
import { Integrations } from './integrations.js';
import { route } from './routing.js';
import { conditionOf, isReadable } from './standing.js';
import { setState } from './state.js';

/** A check is answered to a person who waits for it. */
const CHECK_TIMEOUT_MS = 20_000;

/** Asks a source how the connection stands, by calls without personal data, and keeps the answer with the integration. */
@Injectable()
export class Checks {
  constructor(
    private readonly store: Store,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly syncs: SyncRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A repaired login lifts `remote-auth-failed`, and a sync starts at once. Throws `not-found`, and `remote-*` where the source cannot be asked. */
  async check(tenantId: string, id: string): Promise<IntegrationRow> {
    const { row, call } = await this.store.inTenant(tenantId, async (tx) => {
      const found = await this.integrations.find(tx, tenantId, id);
      return { row: found, call: await this.calls.prepare(tx, found, WITHOUT_PERSONAL_DATA, AbortSignal.timeout(CHECK_TIMEOUT_MS)) };
    });
    const connector = route(row.type, row.ats);
    const outcome = await connector.ports.check(call).catch((error: unknown) => this.failureOf(error));
    const kept = await this.keep(tenantId, id, connector, outcome);
    if (outcome instanceof GatewayError) throw outcome;
    return kept;
  }

  private failureOf(error: unknown): GatewayError {
    if (error instanceof GatewayError) return error;
    throw error;
  }

  private async keep(tenantId: string, id: string, connector: Connector, outcome: CheckOutcome | GatewayError): Promise<IntegrationRow> {
    return this.store.inTenant(tenantId, async (tx) => {
      const row = await this.integrations.find(tx, tenantId, id);
      const wasReadable = isReadable(row.state);
      const now = this.clock.now();
      row.checkedAt = now;
      if (outcome instanceof GatewayError) await noteFailure(tx, row, { connector, failure: outcome, now });
      else await note(tx, row, { connector, outcome, now });
      await tx.em.flush();
      if (!wasReadable && isReadable(row.state) && row.active) await this.syncs.startNow(tx, tenantId, 'delta');
      return row;
    });
  }
}

interface Told {
  readonly connector: Connector;
  readonly now: Date;
}

async function note(
  tx: Transaction,
  row: IntegrationRow,
  { connector, outcome, now }: Told & { readonly outcome: CheckOutcome },
): Promise<void> {
  const { code, drift } = outcome;
  const condition = conditionOf(connector, code);
  if (condition === null) throw new GatewayError('internal', { context: { reason: 'check-without-condition' } });
  await setState(tx, row, { state: condition.state, stateCode: code }, now);
  if (drift !== null) row.findings = withFindings(row.findings, [SCOPE_EXCESS, SCOPE_LACKING], findingsOf(drift));
}

/** A source that cannot be asked says nothing about the link, unless it names the reason. */
async function noteFailure(
  tx: Transaction,
  row: IntegrationRow,
  { connector, failure, now }: Told & { readonly failure: GatewayError },
): Promise<void> {
  const { kind, context } = failure;
  const code = typeof context['code'] === 'string' ? context['code'] : null;
  const condition = conditionOf(connector, code);
  if (condition !== null) await setState(tx, row, { state: condition.state, stateCode: code }, now);
  else if (kind === 'remote-auth-failed') await setState(tx, row, { state: kind, stateCode: code }, now);
}

function findingsOf({ excess, lacking }: ScopeDrift): Finding[] {
  return [
    { code: SCOPE_EXCESS, names: excess },
    { code: SCOPE_LACKING, names: lacking },
  ].filter(({ names }) => names.length > 0);
}
