import { keysOf } from '../request-parts.js';
import { announcedSync } from './announced-sync.js';
import { freeId } from './ids.js';
import type { Integration } from './integration.js';
import { invalid } from './query.js';
import type { Kombo } from './kombo.js';
import type { SyncType } from './sync.js';

/** `POST /force-sync`: one queued sync per type; a repeat says so (Kombo OpenAPI, 2026-05-02). */
export function forceSync(kombo: Kombo, integration: Integration, body: unknown): unknown {
  const nowMs = kombo.clock.nowMs();
  const type = typeOf(body);
  const queued = integration.queuedSyncs.get(type);
  if (queued !== undefined) return { already_queued: true, sync_id: queued, type };
  const syncId = freeId(`${integration.identity.id} ${type} ${integration.syncCount} ${nowMs}`);
  if (integration.behaviour.forceSync === 'queued') integration.queuedSyncs.set(type, syncId);
  else if (integration.state.status === 'ACTIVE') announcedSync(kombo, integration, type);
  return { already_queued: false, sync_id: syncId, type };
}

function typeOf(body: unknown): SyncType {
  const { type = 'FULL' } = keysOf(body);
  if (type !== 'FULL' && type !== 'DELTA') throw invalid('type must be FULL or DELTA');
  return type;
}
