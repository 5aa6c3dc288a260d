import { announce, dataChanged, modelsOf, syncFinished } from './announcements.js';
import type { Integration } from './integration.js';
import type { Kombo } from './kombo.js';
import { runSync, type SyncOutcome, type SyncType } from './sync.js';

/** A sync of Kombo's, told as Kombo tells it: what has changed, if anything has, and that it has ended. */
export function announcedSync(kombo: Kombo, integration: Integration, type: SyncType): SyncOutcome {
  const wasPending = integration.state.setupStatus === 'FINAL_SYNC_PENDING';
  const startedMs = kombo.clock.nowMs();
  const outcome = runSync(integration, type, startedMs);
  if (outcome.changed.length > 0 || wasPending) {
    const models = wasPending ? modelsOf(['user', 'job', 'candidate', 'application']) : modelsOf(outcome.changed);
    void announce(kombo, integration, dataChanged(integration, models));
  }
  void announce(kombo, integration, syncFinished(integration, startedMs, kombo.clock.nowMs()));
  return outcome;
}
