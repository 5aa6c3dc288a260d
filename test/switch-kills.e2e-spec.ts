import { once } from 'node:events';
import { join } from 'node:path';
import { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { makeAccount } from './world/native-tenant.js';
import { Random } from './world/random.js';
import { rowsIn } from './world/rows.js';
import { standingOf, type Standing } from './world/standing.js';
import { compared, comparedAgain, idsByList, nativeBeside } from './world/switching.js';
import { ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

const ATS = 'greenhouse';
/** More points than a cutover or a rollback has. */
const MOST_POINTS = 80;
/** Whoever changes which integration is active takes hold of the tenant first. */
const SINCE = 'from tenant where id = $1 for no key update';
/** How many points are tried at once. */
const LANES = 4;

let world: World;
beforeEach(async () => {
  world = await World.create();
});
afterEach(() => world.close());

const dying = (point: number, role: 'api' | 'worker', since: string): Promise<GatewayProcess> =>
  spawnGateway(
    world.variables({
      GATEWAY_ROLES: role,
      DIE_AT: String(point),
      DIE_SINCE: since,
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'world/dying-main.js')}`,
    }),
  );

/** A tenant of Kombo with a native integration beside it, to the same account. */
async function tenantOf(api: Api, candidates: number): Promise<{ tenant: Tenant; native: string }> {
  const account = await makeAccount(world.controlOf(ATS), { candidates, jobs: 4, users: 3, seed: 7 });
  const tenant = await Tenant.synced(api, world.control, { tool: ATS, account: account.id });
  return { tenant, native: await nativeBeside(api, tenant, ATS, account) };
}

interface Change {
  readonly path: string;
  readonly body: object;
  readonly state: string;
}

/** Who is asked for a change. */
interface Server {
  readonly api: Api;
  readonly end: () => Promise<unknown>;
}

async function doomedAt(point: number): Promise<Server> {
  const doomed = await dying(point, 'api', SINCE);
  return { api: new Api(doomed.url, await world.token()), end: () => doomed.end('SIGKILL') };
}

type Outcome = 'before' | 'after' | 'answered';

const LOCK = 'select 1 from tenant where id = $1 for update';

interface Turn {
  readonly tenant: Tenant;
  readonly switchId: string;
  readonly former: string;
  readonly next: string;
}

/** As it is to be where the change of the active integration has happened. */
const changed = (before: Standing, state: string, { former, next }: Turn): Standing => ({
  ...before,
  state,
  active: [next],
  epoch: before.epoch + 1,
  switched: [...before.switched, `${former} ${next}`],
  runs: { ...before.runs, [next]: (before.runs[next] ?? 0) + 1 },
  shadow: 0,
  hasKey: false,
  joined: before.joined || state === 'cut-over',
});

/** One change, by a gateway that may die: all of it has happened or nothing, and where nothing has, it does once it is asked for again. */
async function turn(api: Api, one: Turn, { path, body, state }: Change, at: Server): Promise<Outcome> {
  const look = () => standingOf(world.database, one.tenant.id, one.switchId);
  const before = await look();
  const wanted = changed(before, state, one);
  const answer = await at.api.post(path, body).catch(() => null);
  await at.end();
  // What the dead one has sent is still at work until its transaction ends.
  await rowsIn(world.database, LOCK, [one.tenant.id]);
  const now = await look();
  const hasHappened = now.state !== before.state;
  expect(now).toEqual(hasHappened ? wanted : before);
  if (answer !== null) expect([answer.status, hasHappened]).toEqual([200, true]);
  if (!hasHappened) ok(await api.post(path, body));
  expect(await look()).toEqual(wanted);
  expect(await one.tenant.settled()).toMatchObject({ state: 'succeeded', integrationId: one.next, progress: { created: 0, deleted: 0 } });
  if (answer !== null) return 'answered';
  return hasHappened ? 'after' : 'before';
}

/** There and back; every record keeps its id. */
async function thereAndBack(api: Api, servers: Promise<readonly [Server, Server]>): Promise<readonly [Outcome, Outcome]> {
  const { tenant, native } = await tenantOf(api, 40);
  const { id, reasons } = await compared(api, tenant, native);
  const ids = await idsByList(tenant);
  const path = `/platform/v1/tenants/${tenant.id}/switches/${id}`;
  const [first, second] = await servers;
  const there = { tenant, switchId: id, former: tenant.integrationId, next: native };
  const cutover = await turn(api, there, { path: `${path}/cutover`, body: { accept: reasons }, state: 'cut-over' }, first);
  expect(await idsByList(tenant)).toEqual(ids);
  const back = { ...there, former: native, next: tenant.integrationId };
  const rollback = await turn(api, back, { path: `${path}/rollback`, body: {}, state: 'rolled-back' }, second);
  expect(await idsByList(tenant)).toEqual(ids);
  return [cutover, rollback];
}

test('a gateway killed at any point of a cutover and of a rollback has done all of it or nothing', async () => {
  const api = await world.gateway({ SYNC_TICK_SECONDS: '3600' });
  const outcomes: (readonly [Outcome, Outcome])[] = [];
  const isThrough = (which: 0 | 1) => outcomes.some((both) => both[which] === 'answered');
  const server = (which: 0 | 1, point: number) => (isThrough(which) ? { api, end: () => Promise.resolve() } : doomedAt(point));
  let points = 0;
  const tryPoints = async () => {
    while (!(isThrough(0) && isThrough(1)) && points < MOST_POINTS) {
      const point = ++points;
      outcomes[point - 1] = await thereAndBack(api, Promise.all([server(0, point), server(1, point)]));
    }
  };
  await Promise.all(Array.from({ length: LANES }, tryPoints));
  for (const which of [0, 1] as const) {
    const inTurn = outcomes.map((both) => both[which]);
    const order = ['before', 'after', 'answered'];
    expect(inTurn).toEqual(inTurn.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(new Set(inTurn)).toEqual(new Set(order));
    expect(inTurn.indexOf('after')).toBeGreaterThan(8);
  }
}, 300_000);

test('a worker killed on its way leaves its place to the next one, which ends with the same diff', async () => {
  const random = new Random();
  const whole = await world.gateway();
  const { tenant, native } = await tenantOf(whole, 1_300);
  const undisturbed = await compared(whole, tenant, native);
  await world.stopGateways();
  const api = await world.gateway({ GATEWAY_ROLES: 'api' });
  ok(await api.post(`/platform/v1/tenants/${tenant.id}/switches/${undisturbed.id}/compare`));
  const points: number[] = [];
  const places: number[] = [];
  for (let kills = 0; kills < 5; kills++) {
    points.push(100 + random.below(140));
    const worker = await dying(points.at(-1) ?? 1, 'worker', 'update integration_switch s set attempt');
    await once(worker.process, 'exit');
    const [row] = await rowsIn(
      world.database,
      `update integration_switch set lease_until = now() returning state, (progress ->> 'pages')::int as pages`,
    );
    places.push(row.pages);
    // Its own looking about has led it to the point.
    if (row.state !== 'shadowing') break;
  }
  const worker = await spawnGateway(world.variables({ GATEWAY_ROLES: 'worker' }));
  const { state, verdict, diff, progress } = await comparedAgain(api, tenant, undisturbed.id);
  await worker.end('SIGTERM');
  const how = { seed: random.seed, points, places };
  expect([how, Math.max(...places) > 0]).toEqual([how, true]);
  const { state: wantedState, verdict: wantedVerdict, diff: wantedDiff, progress: wantedProgress } = undisturbed;
  expect({ how, state, verdict, diff, progress }).toEqual({
    how,
    state: wantedState,
    verdict: wantedVerdict,
    diff: wantedDiff,
    progress: wantedProgress,
  });
}, 120_000);
