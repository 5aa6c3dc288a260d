import { setTimeout as pause } from 'node:timers/promises';
import { ok, Tenant } from '../test/world/tenant.js';
import type { Api } from '../test/world/api.js';
import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { Ground } from './ground.js';
import { percentile } from './statistics.js';

const CANDIDATES = 1000;
const CHANGES_A_ROUND = 30;
const LOOK_EVERY_MS = 10;
/** Longer than the gateway waits for further webhooks of the same integration, so that each change stands alone. */
const APART_MS = 5_500;
const TENANTS = 10;
const TIMEOUT_MS = 30_000;

interface Changing {
  readonly api: Api;
  readonly tenant: Tenant;
  /** Our ids by the candidate's number at the sandbox. */
  readonly ids: readonly string[];
}

async function makeTenant(api: Api, control: Api): Promise<Changing> {
  const tenant = await Tenant.synced(api, control, { candidates: CANDIDATES });
  const candidates: readonly { id: string; remoteId: string }[] = await tenant.records('candidates?limit=250');
  const byRemoteId = new Map(candidates.map(({ id, remoteId }) => [remoteId, id]));
  const ids: string[] = [];
  for (let number = 0; number < CHANGES_A_ROUND; number++) {
    const { body } = ok(await control.get(`/integrations/${tenant.sourceId}/records/candidates/${number}`));
    ids.push(byRemoteId.get(body.record.remote_id) ?? '');
  }
  return { api, tenant, ids };
}

/** From the change at the source to the moment at which it is read. */
async function changeToReadableMs({ api, tenant, ids }: Changing, number: number, name: string): Promise<number> {
  const startedAt = performance.now();
  await tenant.atSource('patch', `/records/candidates/${number}`, { fields: { last_name: name } });
  for (; performance.now() - startedAt < TIMEOUT_MS; await pause(LOOK_EVERY_MS)) {
    const { body } = await api.get(`/v1/tenants/${tenant.id}/candidates/${ids[number]}`);
    if (body.lastName === name) return performance.now() - startedAt;
  }
  throw new Error(`a change was not readable within ${TIMEOUT_MS} ms`);
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const [database, sandbox] = await Promise.all([ground.database(), ground.sandbox()]);
  const gateway = await ground.gateway(database, sandbox);
  const [api, control] = [ground.api(gateway), ground.control(sandbox)];
  ok(await control.put('/webhooks', { url: `${gateway.url}/webhooks/kombo` }));
  const tenants: Changing[] = [];
  for (let made = 0; made < TENANTS; made++) tenants.push(await makeTenant(api, control));
  const p50: number[] = [];
  const p99: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const tookMs: number[] = [];
    for (let change = 0; change < CHANGES_A_ROUND; change++) {
      const tenant = tenants[change % TENANTS];
      if (change % TENANTS === 0) await pause(APART_MS);
      if (tenant !== undefined) tookMs.push(await changeToReadableMs(tenant, change, `Changed ${round}`));
    }
    p50.push(percentile(tookMs, 0.5));
    p99.push(percentile(tookMs, 0.99));
    say(`round ${round}: p50 ${p50.at(-1)?.toFixed(0)} ms, slowest ${Math.max(...tookMs).toFixed(0)} ms`);
  }
  const figure = 'change';
  return [
    resultOf({ figure, what: 'p50', unit: 'ms', gateway: p50, mark: { atMost: 1000 } }),
    resultOf({ figure, what: 'p99', unit: 'ms', gateway: p99, mark: null }),
  ];
}

export const change: Figure = {
  name: 'change',
  title: 'from a change at Kombo to its being readable, by webhook; a change at a time',
  measure,
};
