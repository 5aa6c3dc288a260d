import type { CanaryFamily } from '#libs/testkit';
import type { Api } from './api.js';
import { ADMITTED, CALLERS, FORBIDDEN, HIDDEN, type LeakStage } from './leak-stage.js';
import { NATIVE_MARKERS, syncNatively } from './leak-natives.js';
import { readDeliveries, subscribe } from './leak-subscriptions.js';
import { sendOutward } from './leak-outward.js';
import { sendWebhooks, WEBHOOK_MARKERS } from './leak-webhooks.js';
import { DPA, ENABLED, ok, until, type Tenant } from './tenant.js';

const LISTS = ['users', 'jobs', 'candidates', 'applications'];
const MALFORMATIONS = [
  ...['wrong-types', 'missing-id', 'bad-id', 'not-an-object', 'null', 'nul-character'],
  ...['lone-surrogate', 'prototype-key', 'too-large', 'too-deep'],
];

/** Numbers of markers that the source does not give out itself. */
export const OWN_MARKERS: Readonly<Record<number, string>> = {
  9001: "the source's header retry-after",
  9002: "the source's header ratelimit-reset",
  9003: 'a value of a deleted record',
  ...WEBHOOK_MARKERS,
  ...NATIVE_MARKERS,
};

/** What the numbers of a family's markers stand for. */
export type Carriers = ReadonlyMap<CanaryFamily, Readonly<Record<number, string>>>;

/** What is told besides. */
export interface LeakStory {
  /** A tenant of each ATS too: it doubles the time. */
  readonly natives: boolean;
}

/** All that can happen to tenants' data, in a few seconds: with a crash in the middle, and an end in peace that sends off what is left to send. */
export async function tellLeakStory(stage: LeakStage, { natives }: LeakStory): Promise<Carriers> {
  const narrow = await syncNarrowly(stage, await stage.startGateway());
  await crash(stage, narrow);
  const api = await stage.startGateway();
  await readEverything(api, narrow);
  await subscribe(api, stage.receiver);
  const tenant = await stage.linkTenant(api, FORBIDDEN, ADMITTED);
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  expectState(await tenant.settled(), 'succeeded');
  await readEverything(api, tenant);
  await askWrongly(api, tenant);
  await changeAtSource(tenant);
  await spoilRecords(stage, tenant);
  await failAndRecover(stage, tenant);
  await failForGood(stage, api, tenant);
  await failInDatabase(stage, tenant);
  await sendWebhooks(api, tenant);
  await sendOutward(api, stage.world.control, tenant);
  if (natives) await syncNatively(stage, api, (native) => readEverything(api, native));
  await readEverything(api, tenant);
  await readDeliveries(api, stage.receiver);
  await stage.endGateway('SIGTERM');
  const places = await stage.placesAtSource(tenant);
  return new Map([
    [ADMITTED, places],
    [FORBIDDEN, { ...places, ...OWN_MARKERS }],
    [HIDDEN, await stage.placesAtSource(narrow)],
  ]);
}

function expectState(run: { state: string; error: string | null }, state: string): void {
  if (run.state !== state) throw new Error(`a run ended ${run.state} (${run.error}), not ${state}`);
}

/** A tenant that shows nothing but what has no text, and agreed to nothing about candidates. */
async function syncNarrowly(stage: LeakStage, api: Api): Promise<Tenant> {
  const tenant = await stage.linkTenant(api, HIDDEN, HIDDEN);
  const hiddenFields = { user: ['firstName', 'lastName', 'email'], job: ['name', 'location', 'stages'] };
  ok(await api.patch(`/platform/v1/tenants/${tenant.id}/policy`, { hiddenFields }));
  await tenant.consent({ ...DPA, covers: { read: ['job', 'user'], write: [] } });
  await tenant.consent(ENABLED);
  await tenant.activate();
  expectState(await tenant.settled(), 'succeeded');
  await readEverything(api, tenant);
  return tenant;
}

async function readEverything(api: Api, { id }: Tenant): Promise<void> {
  for (const list of LISTS) {
    const { body } = await api.get(`/v1/tenants/${id}/${list}?includeDeleted=true&limit=100`);
    await api.get(`/v1/tenants/${id}/${list}/${body.data?.[0]?.id}`);
  }
  const paths = ['syncs', 'integrations', 'consents', 'consent'].map((part) => `/platform/v1/tenants/${id}/${part}`);
  for (const path of [...paths, `/v1/tenants/${id}/status`, '/platform/v1/tenants', '/platform/v1/webhooks', '/metrics', '/health/ready'])
    await api.get(path);
}

/** Values in the wrong place: the answers may name keys, and nothing may keep the values. */
async function askWrongly(api: Api, { id }: Tenant): Promise<void> {
  const marker = (number: number) => CALLERS.marker(number);
  const list = `/v1/tenants/${id}/candidates`;
  await api.get(`${list}?limit=${marker(1)}`);
  await api.get(`${list}?cursor=${marker(2)}`);
  await api.get(`${list}/${marker(3)}`);
  await api.get(`/v1/nowhere/${marker(4)}?q=${marker(5)}`);
  await api.as(`${marker(6)}.e30.${marker(6)}`).get(list);
  await api.put(`/platform/v1/tenants/${id}`, { name: { first: marker(7) } });
  await api.post(`/platform/v1/tenants/${id}/integrations`, {
    type: marker(8),
    ats: marker(9),
    settings: { komboIntegrationId: marker(10) },
  });
  await api.post(`/platform/v1/tenants/${id}/integrations`, {
    type: 'kombo',
    ats: 'sandbox',
    settings: { komboIntegrationId: marker(11) },
  });
  await api.post(`/platform/v1/tenants/${id}/syncs`, marker(12));
}

async function changeAtSource(tenant: Tenant): Promise<void> {
  await tenant.atSource('post', '/records/candidates/change-many', { from: 0, count: 5, fields: { last_name: 'Changed' } });
  await tenant.atSource('patch', '/records/candidates/7', { fields: { title: FORBIDDEN.marker(9003) } });
  await tenant.atSource('delete', '/records/candidates/7');
  for (const stage of [0, 1]) await tenant.atSource('post', `/records/applications/${stage + 3}/move`, { stage });
  expectState(await tenant.sync('delta'), 'succeeded');
}

async function spoilRecords(stage: LeakStage, tenant: Tenant): Promise<void> {
  for (const list of LISTS)
    for (const [record, as] of MALFORMATIONS.slice(0, list === 'users' || list === 'jobs' ? 8 : 10).entries())
      await fault(stage, tenant, { kind: 'malformed', as, record, path: `/ats/${list}` });
  for (const kind of ['unknown-keys', 'unknown-enums']) await fault(stage, tenant, { kind, times: LISTS.length });
  expectState(await tenant.sync('full'), 'succeeded');
}

/** Each list fails once in another way and is read again. */
async function failAndRecover(stage: LeakStage, tenant: Tenant): Promise<void> {
  const headers = { 'retry-after': FORBIDDEN.marker(9001), 'ratelimit-reset': FORBIDDEN.marker(9002) };
  await fault(stage, tenant, { kind: 'html', status: 503, path: '/ats/users' });
  await fault(stage, tenant, { kind: 'broken-json', path: '/ats/jobs' });
  await fault(stage, tenant, { kind: 'cut', path: '/ats/candidates' });
  await fault(stage, tenant, { kind: 'error', code: 'REMOTE.RATE_LIMIT_EXCEEDED', headers, path: '/ats/applications' });
  expectState(await tenant.sync('full'), 'succeeded');
}

async function failForGood(stage: LeakStage, api: Api, tenant: Tenant): Promise<void> {
  const faults = [
    { kind: 'error', code: 'REMOTE.INPUT_INVALID' },
    { kind: 'error', code: 'ATS.NEW_KIND', status: 418 },
    { kind: 'html', status: 400 },
    { kind: 'loop', path: '/ats/candidates', times: 9 },
    { kind: 'error', code: 'INTEGRATION.AUTHENTICATION_INVALID' },
  ];
  for (const one of faults) {
    await fault(stage, tenant, one);
    const { state } = await tenant.sync('full');
    if (state !== 'failed' && one.kind !== 'loop') throw new Error(`a run ended ${state} under ${JSON.stringify(one)}`);
    await stage.world.control.delete('/faults');
  }
  const check = `/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`;
  await fault(stage, tenant, { kind: 'error', code: 'PLATFORM.INPUT_INVALID' }, null);
  await api.post(check);
  await stage.world.control.delete('/faults');
  ok(await api.post(check));
  await tenant.settled();
}

/** The database refuses a row and says in its own words what stood in it. */
async function failInDatabase(stage: LeakStage, tenant: Tenant): Promise<void> {
  await stage.database.run(`alter table candidate add constraint refused check (first_name not like 'Refused%') not valid`);
  await tenant.atSource('patch', '/records/candidates/9', { fields: { first_name: 'Refused' } });
  expectState(await tenant.sync('delta'), 'failed');
  await stage.database.run('alter table candidate drop constraint refused');
}

/** While a page is being read. */
async function crash(stage: LeakStage, tenant: Tenant): Promise<void> {
  await fault(stage, tenant, { kind: 'latency', ms: 1_000, path: '/ats/jobs' });
  const asked = tenant.sync('full');
  asked.catch(() => undefined);
  await until(async () => ((await stage.world.control.get('/requests')).body.requests.at(-1)?.path === '/ats/jobs' ? true : null));
  await stage.endGateway('SIGKILL');
  await asked.catch(() => undefined);
  await stage.world.control.delete('/faults');
}

async function fault(stage: LeakStage, { sourceId: komboId }: Tenant, what: object, integrationId: string | null = komboId): Promise<void> {
  ok(await stage.world.control.post('/faults', { ...(integrationId === null ? {} : { integrationId }), times: 1, ...what }));
}
