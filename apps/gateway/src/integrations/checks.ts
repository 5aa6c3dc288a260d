import { Injectable } from '@nestjs/common';
import type { CheckOutcome } from '#libs/connectors';
import { GatewayError } from '#libs/model';
import { Store, type IntegrationState } from '#libs/store';
import { SyncRequests } from '../sync/requests.js';
import { Calls, WITHOUT_PERSONAL_DATA } from './calls.js';
import { Integrations } from './integrations.js';
import { route } from './routing.js';

/** A check is answered to a person who waits for it. */
const CHECK_TIMEOUT_MS = 20_000;

/** Asks a source whether the connection works, by calls without personal data, and keeps the answer as the integration's state. */
@Injectable()
export class Checks {
  constructor(
    private readonly store: Store,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly syncs: SyncRequests,
  ) {}

  /** A repaired login lifts `remote-auth-failed`, and a sync starts at once. Throws `not-found`, and `remote-*` where the source cannot be asked. */
  async check(tenantId: string, id: string): Promise<CheckOutcome> {
    const { row, call } = await this.store.inTenant(tenantId, async (tx) => {
      const found = await this.integrations.find(tx, tenantId, id);
      return { row: found, call: await this.calls.prepare(tx, found, WITHOUT_PERSONAL_DATA, AbortSignal.timeout(CHECK_TIMEOUT_MS)) };
    });
    const outcome = await route(row.type, row.ats)
      .ports.check(call)
      .catch((error: unknown) => this.keepFailure(tenantId, id, error));
    await this.keep(tenantId, id, outcome.ready ? 'connected' : 'remote-not-ready', outcome.code);
    return outcome;
  }

  private async keepFailure(tenantId: string, id: string, error: unknown): Promise<never> {
    if (error instanceof GatewayError && error.kind === 'remote-auth-failed') await this.keep(tenantId, id, 'remote-auth-failed', null);
    throw error;
  }

  private async keep(tenantId: string, id: string, state: IntegrationState, code: string | null): Promise<void> {
    await this.store.inTenant(tenantId, async (tx) => {
      const row = await this.integrations.find(tx, tenantId, id);
      const repaired = row.state !== 'connected' && state === 'connected';
      row.state = state;
      row.stateCode = code;
      await tx.em.flush();
      if (repaired && row.active) await this.syncs.startNow(tx, tenantId, 'delta');
    });
  }
}
