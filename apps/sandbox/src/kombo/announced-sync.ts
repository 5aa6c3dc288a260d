import { announce, dataChanged, modelsOf, stateChanged, syncFinished, told } from './announcements.js';
import type { Integration } from './integration.js';
import type { Kombo } from './kombo.js';
import { runSync, type SyncOutcome, type SyncState, type SyncType } from './sync.js';

/** Three days in a row (Kombo documentation, states). */
const INVALID_AFTER_MS = 3 * 86_400_000;

/** A sync of Kombo's, told as Kombo tells it: what has changed, if anything has, a state that is another now, and that it has ended, however. */
export function announcedSync(kombo: Kombo, integration: Integration, type: SyncType, ends: SyncState = 'SUCCEEDED'): SyncOutcome {
  const wasPending = integration.state.setupStatus === 'FINAL_SYNC_PENDING';
  const before = told(integration.state);
  const startedMs = kombo.clock.nowMs();
  const outcome = runSync(integration, type, startedMs, ends);
  if (ends === 'AUTHENTICATION_FAILED') refuseLogin(integration, startedMs);
  const isFirst = wasPending && ends === 'SUCCEEDED';
  if (outcome.changed.length > 0 || isFirst) {
    const models = isFirst ? modelsOf(['user', 'job', 'candidate', 'application']) : modelsOf(outcome.changed);
    void announce(kombo, integration, dataChanged(integration, models));
  }
  if (told(integration.state) !== before) void announce(kombo, integration, stateChanged(integration, kombo.clock.nowMs()));
  void announce(kombo, integration, syncFinished(integration, startedMs, kombo.clock.nowMs(), ends));
  return outcome;
}

function refuseLogin(integration: Integration, nowMs: number): void {
  integration.loginFailsSinceMs ??= nowMs;
  if (nowMs - integration.loginFailsSinceMs >= INVALID_AFTER_MS) integration.state.status = 'INVALID';
}
