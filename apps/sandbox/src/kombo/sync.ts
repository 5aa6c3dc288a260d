import { RESOURCES, type Resource } from '#libs/model';
import type { Integration } from './integration.js';
import { applicationsOf, candidateOf, jobOf, stageKeyOf, stagesOf, teamOf } from '../live/links.js';
import type { Scopes } from './scopes.js';
import { AS_SEEDED, type Change, type LiveRow, type MirrorRow } from '../live/table.js';

export type SyncType = 'FULL' | 'DELTA';

/** How a sync may end (Kombo documentation, sync states). After one that fails in part, candidates and applications are as they were. */
export const SYNC_STATES = ['SUCCEEDED', 'PARTIALLY_FAILED', 'FAILED', 'AUTHENTICATION_FAILED'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

const READ: { readonly [S in SyncState]: readonly Resource[] } = {
  SUCCEEDED: RESOURCES,
  PARTIALLY_FAILED: ['user', 'job'],
  FAILED: [],
  AUTHENTICATION_FAILED: [],
};

export interface SyncOutcome {
  readonly type: SyncType;
  readonly state: SyncState;
  /** Records copied from the ATS into the mirror. */
  readonly copied: number;
  /** Of these resources something was copied. */
  readonly changed: readonly Resource[];
  /** Deletions left unseen: only a full sync sees them (Kombo documentation, "Fetching data"). */
  readonly unseenDeletions: number;
}

/** Kombo reads the ATS: what is live becomes what the lists answer. */
export function runSync(integration: Integration, type: SyncType, nowMs: number, state: SyncState = 'SUCCEEDED'): SyncOutcome {
  let copied = 0;
  const changed = new Set<Resource>(state === 'SUCCEEDED' ? applyScopes(integration, nowMs) : []);
  let unseenDeletions = 0;
  for (const resource of READ[state]) {
    const table = integration.tables[resource];
    for (const index of table.unsynced()) {
      if (table.live(index).isDeleted && type === 'DELTA') {
        unseenDeletions += 1;
        continue;
      }
      copyRecord(integration, resource, index, nowMs);
      copied += 1;
      changed.add(resource);
    }
  }
  integration.syncCount += 1;
  integration.queuedSyncs.delete(type);
  if (state === 'SUCCEEDED') succeed(integration, nowMs);
  return { type, state, copied, changed: [...changed], unseenDeletions };
}

function succeed(integration: Integration, nowMs: number): void {
  const { setupStatus, qaStatus } = integration.state;
  const isFirst = setupStatus === 'FINAL_SYNC_PENDING';
  if (isFirst) integration.state.setupStatus = 'COMPLETED';
  if (isFirst && qaStatus === 'PENDING') integration.state.qaStatus = 'PASSED';
  integration.state.dataExpiredAt = null;
  integration.loginFailsSinceMs = null;
  for (const tag of integration.addedTags) tag.seenAtMs ??= nowMs;
}

/** What the scope configuration closed or opened shows in the records from now on. Returns the models of which every record changes. */
function applyScopes(integration: Integration, nowMs: number): Resource[] {
  const { scopes, appliedScopes, tables } = integration;
  integration.appliedScopes = scopes.copy();
  const rescoped = RESOURCES.filter((name) => fingerprint(scopes, name) !== fingerprint(appliedScopes, name));
  for (const resource of rescoped) tables[resource].rescope(nowMs);
  return rescoped;
}

const fingerprint = (scopes: Scopes, resource: Resource) => scopes.closedFields(resource).sort().join();

/** Copies one record, and dates it and what it is part of as `updated_after` is described per endpoint (Kombo SDK 1.1.3, operations). */
export function copyRecord(integration: Integration, resource: Resource, index: number, nowMs: number): void {
  const table = integration.tables[resource];
  const live = table.live(index);
  const seen = table.read(index);
  table.markSynced(index);
  if (seen === undefined && live.isDeleted) return;
  const before = seen ?? AS_SEEDED;
  const isOwn = seen === undefined || isOwnChange(integration, resource, index, seen, live);
  const isNested = nestedPart(integration, resource, index, before.change) !== nestedPart(integration, resource, index, live.change);
  table.setMirrored(index, {
    change: live.change,
    changedAtMs: isOwn ? nowMs : before.changedAtMs,
    nestedAtMs: isNested ? nowMs : before.nestedAtMs,
    deletedAtMs: live.isDeleted ? (before.deletedAtMs ?? nowMs) : null,
    rescopedAtMs: null,
  });
  if (isOwn) touchRelated(integration, resource, index, live.change, nowMs);
  if (resource === 'job') touchRenamed(integration, index, before.change, live.change, nowMs);
}

function isOwnChange(integration: Integration, resource: Resource, index: number, before: MirrorRow, live: LiveRow): boolean {
  if ((before.deletedAtMs !== null) !== live.isDeleted) return true;
  return ownPart(integration, resource, index, before.change) !== ownPart(integration, resource, index, live.change);
}

function ownPart(integration: Integration, resource: Resource, index: number, change: Change): string {
  const links = resource === 'application' ? [jobOf(integration, index, change), stageKeyOf(integration, index, change)] : [];
  return JSON.stringify([change.fields, links]);
}

/** A job's stages and hiring team, by membership: a renamed stage does not count. */
function nestedPart(integration: Integration, resource: Resource, index: number, change: Change): string {
  if (resource !== 'job') return '';
  const stageKeys = stagesOf(integration, index, change).map(({ key }) => key);
  return JSON.stringify([stageKeys, teamOf(integration, index, change)]);
}

function touchRelated(integration: Integration, resource: Resource, index: number, change: Change, nowMs: number): void {
  const { candidate, application } = integration.tables;
  if (resource === 'application') candidate.touchNested(candidateOf(integration, index, change), nowMs);
  if (resource !== 'candidate') return;
  for (const linked of applicationsOf(integration, index)) application.touchNested(linked, nowMs);
}

function touchRenamed(integration: Integration, job: number, before: Change, after: Change, nowMs: number): void {
  if (!integration.behaviour.stageRenameTouchesApplications) return;
  const named = new Map(stagesOf(integration, job, before).map(({ key, name }) => [key, name]));
  const renamed = new Set(stagesOf(integration, job, after).flatMap(({ key, name }) => (named.get(key) === name ? [] : [key])));
  const { application } = integration.tables;
  for (let index = 0; renamed.size > 0 && index < application.size; index += 1) {
    const { change } = application.read(index) ?? AS_SEEDED;
    const stage = jobOf(integration, index, change) === job ? stageKeyOf(integration, index, change) : null;
    if (stage !== null && renamed.has(stage)) application.touchNested(index, nowMs);
  }
}
