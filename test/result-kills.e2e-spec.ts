import { once } from 'node:events';
import { join } from 'node:path';
import type { Api } from './world/api.js';
import { spawnGateway } from './world/gateway-process.js';
import { applicationsOf, tenantOf, textsAt, WAYS, type Way } from './world/result-channels.js';
import { CONTENT, resultPath } from './world/results.js';
import { rowsIn } from './world/rows.js';
import { ok, until, type Tenant } from './world/tenant.js';
import { World } from './world/world.js';

/** More points than a delivery has. */
const MOST_POINTS = 80;

let world: World;
beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

const onlyWorks = { GATEWAY_ROLES: 'worker' };
const dying = (point: number) => ({
  ...onlyWorks,
  DIE_AT: String(point),
  NODE_OPTIONS: `--import ${join(import.meta.dirname, 'world/dying-main.js')}`,
});

const urlOf = (application: string): string => `https://reports.alva.example/${application}/end`;

/** Keeps what the killed worker has left from the next one, and lets run out what it held of the source's limits. */
async function setAside(): Promise<void> {
  await rowsIn(
    world.database,
    `update result_delivery set lease_until = now() + interval '1 hour', due_at = now() + interval '1 hour' where state in ('queued', 'delivering')`,
  );
  await rowsIn(world.database, 'delete from rate_state');
}

const statesOf = (): Promise<readonly { readonly application: string; readonly state: string; readonly id: string }[]> =>
  rowsIn(world.database, 'select application_id as application, state, id from result_delivery');

/** A worker that dies at the point delivers one result; true where it had delivered it by then. */
async function dieAt(api: Api, tenant: Tenant, application: string, point: number): Promise<boolean> {
  ok(await api.put(resultPath(tenant, application), { ...CONTENT, reportUrl: urlOf(application) }));
  const worker = await spawnGateway(world.variables(dying(point)));
  // Once it has delivered, its own looking about leads it to the point soon.
  await once(worker.process, 'exit');
  const isDelivered = (await statesOf()).some((each) => each.application === application && each.state === 'delivered');
  await setAside();
  return isDelivered;
}

/** A worker that lives ends what others have left, once their leases have run out. */
async function endAll(): Promise<void> {
  await rowsIn(world.database, `update result_delivery set lease_until = now(), due_at = now() where state in ('queued', 'delivering')`);
  const worker = await spawnGateway(world.variables(onlyWorks));
  await until(async () => ((await statesOf()).some(({ state }) => state === 'queued' || state === 'delivering') ? null : true), 60_000);
  await worker.end('SIGTERM');
}

const TRIED = WAYS.filter(({ channel }) => channel === 'result-link' || channel === 'custom-fields');

test.each(TRIED)(
  'a worker killed at any point of its way by $connector’s $channel leaves no result twice, and none is lost',
  async (way: Way) => {
    const whole = await world.gateway();
    const tenant = await tenantOf(world, whole, way, { candidates: 200, seed: 22, jobs: 10, users: 5 });
    const applications = await applicationsOf(tenant, MOST_POINTS);
    await world.stopGateways();
    const api = await world.gateway({ GATEWAY_ROLES: 'api' });
    let points = 0;
    for (const application of applications) {
      points += 1;
      if (await dieAt(api, tenant, application, points)) break;
    }
    expect(points).toBeGreaterThan(15);
    expect(points).toBeLessThan(MOST_POINTS);
    await endAll();
    const texts = await textsAt(world, way, tenant);
    const standings = await statesOf();
    expect(standings).toHaveLength(points);
    for (const { application, state } of standings) {
      const count = texts.filter((text) => text.includes(urlOf(application))).length;
      expect([application, state, count]).toEqual([application, state, state === 'delivered' ? 1 : Math.min(count, 1)]);
      if (way.inDoubt === 'repeat') expect(state).toBe('delivered');
    }
    // Where only a person can tell, what was sent waits for one.
    const parked = standings.filter(({ state }) => state === 'parked').length;
    expect(parked > 0).toBe(way.inDoubt === 'park');
    expect(parked).toBeLessThan(points / 2);
  },
  300_000,
);
