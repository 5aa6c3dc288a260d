import type { Api } from './api.js';
import { makeAccount, syncNative, type AccountSize } from './native-tenant.js';
import { doneThroughKombo, writtenAt } from './results.js';
import { ok, Tenant } from './tenant.js';
import type { World } from './world.js';

/** A way for results into an ATS, as it is tried here. */
export interface Way {
  readonly connector: string;
  readonly channel: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Of the calls that write, for faults. */
  readonly path: string;
  /** What becomes of an attempt whose end is unknown. */
  readonly inDoubt: 'repeat' | 'park';
}

const AUTHOR = { noteUserId: '4000001' };

/** Every connector's default, and one of those that may be repeated. */
export const WAYS: readonly Way[] = [
  { connector: 'kombo', channel: 'result-link', settings: {}, path: '/ats/applications/*/result-links', inDoubt: 'park' },
  { connector: 'greenhouse', channel: 'note', settings: AUTHOR, path: '/v3/notes', inDoubt: 'park' },
  {
    connector: 'greenhouse',
    channel: 'custom-fields',
    settings: { resultChannel: 'custom-fields', resultUrlField: 'alva_results' },
    path: '/v3/candidates/*',
    inDoubt: 'repeat',
  },
  { connector: 'teamtailor', channel: 'note', settings: AUTHOR, path: '/v1/notes', inDoubt: 'park' },
  { connector: 'lever', channel: 'note', settings: {}, path: '/v1/opportunities/*/notes', inDoubt: 'park' },
  { connector: 'workable', channel: 'comment', settings: AUTHOR, path: '/spi/v3/candidates/*/comments', inDoubt: 'park' },
  { connector: 'smartrecruiters', channel: 'message', settings: {}, path: '/messages/shares', inDoubt: 'park' },
  { connector: 'ashby', channel: 'note', settings: {}, path: '/candidate.createNote', inDoubt: 'park' },
  { connector: 'recruitee', channel: 'note', settings: {}, path: '/c/*/candidates/*/notes', inDoubt: 'park' },
];

/** A tenant whose results go that way, read completely. */
export async function tenantOf(world: World, api: Api, { connector, settings }: Way, size: AccountSize): Promise<Tenant> {
  if (connector === 'kombo') return Tenant.synced(api, world.control, size);
  const account = await makeAccount(world.controlOf(connector), size);
  return syncNative(api, world.controlOf(connector), connector, { ...account, settings: { ...account.settings, ...settings } });
}

/** Everything that was written into the tenant's ATS, as texts. */
export async function textsAt(world: World, { connector }: Way, tenant: Tenant): Promise<readonly string[]> {
  const written = await (connector === 'kombo' ? doneThroughKombo(tenant, world.control) : writtenAt(tenant, world.controlOf(connector)));
  return written.map((each: object) => JSON.stringify(each));
}

/** Applications of which no two are one candidate's. */
export async function applicationsOf(tenant: Tenant, count: number): Promise<readonly string[]> {
  const byCandidate = new Map<string, string>();
  for (const { id, candidateId } of await tenant.records('applications')) byCandidate.set(candidateId, id);
  const ids = [...byCandidate.values()].slice(0, count);
  if (ids.length < count) throw new Error(`only ${ids.length} candidates have applications`);
  return ids;
}

/** A fault of one tenant's calls that write. */
export async function faultOf(world: World, { connector, path }: Way, tenant: Tenant, fault: object): Promise<void> {
  const [control, key] = connector === 'kombo' ? [world.control, 'integrationId'] : [world.controlOf(connector), 'accountId'];
  ok(await control.post('/faults', { path, [key]: tenant.sourceId, ...fault }));
}
