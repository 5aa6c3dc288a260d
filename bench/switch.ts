import { setTimeout as pause } from 'node:timers/promises';
import { Api } from '../test/world/api.js';
import { linkNative, makeAccount, type Account } from '../test/world/native-tenant.js';
import { cutOver, nativeBeside, rollBack } from '../test/world/switching.js';
import { DPA, ENABLED, ok, Tenant } from '../test/world/tenant.js';
import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { BenchDatabase, Ground } from './ground.js';
import type { Server } from './process.js';

const ATS = 'greenhouse';
const CANDIDATES = 20_000;
const LOOK_EVERY_MS = 100;

interface Systems {
  readonly ground: Ground;
  readonly database: BenchDatabase;
  readonly gateway: Server;
}

interface Run {
  readonly state: string;
  readonly error: string | null;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  readonly progress: { readonly read: number };
}

async function started({ ground, database }: Omit<Systems, 'gateway'>, sandbox: Server): Promise<Systems> {
  return { ground, database, gateway: await ground.gateway(database, sandbox) };
}

async function activated(tenant: Tenant): Promise<Tenant> {
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  return tenant;
}

/** Of the newest run, once it has ended: the records that it read a second. */
async function rateOfRun(tenant: Tenant): Promise<number> {
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const [newest]: Run[] = await tenant.runs();
    if (newest === undefined || newest.finishedAt === null) continue;
    const { state, error, requestedAt, finishedAt, progress } = newest;
    if (state !== 'succeeded') throw new Error(`the run ended as ${state}: ${error}`);
    if (progress.read < CANDIDATES) throw new Error(`the run read only ${progress.read} records`);
    return (progress.read * 1000) / (new Date(finishedAt).getTime() - new Date(requestedAt).getTime());
  }
}

interface Shadow {
  readonly id: string;
  readonly reasons: readonly string[];
  readonly records: number;
  readonly readS: number;
  readonly compareS: number;
}

interface SwitchTimes {
  readonly state: string;
  readonly asked: Date;
  readonly updated: Date;
  readonly compared: Date | null;
  readonly records: number;
  readonly verdict: { readonly reasons: readonly string[] } | null;
}

const TIMES = `select state, asked_at as asked, updated_at as updated, compared_at as compared, verdict,
  (select sum(value::int)::int from jsonb_each_text(progress -> 'read')) as records from integration_switch where id = $1`;

/** Asks for the switch and waits until it is compared. The row tells of each page when it was stored, so of the last one too. */
async function shadow({ ground, gateway, database }: Systems, tenant: Tenant, toIntegrationId: string): Promise<Shadow> {
  const { body } = ok(await ground.api(gateway).post(`/platform/v1/tenants/${tenant.id}/switches`, { toIntegrationId }));
  for (let readAt = 0; ; await pause(LOOK_EVERY_MS)) {
    const { rows } = await database.pool.query<SwitchTimes>(TIMES, [body.id]);
    const [now] = rows;
    if (now === undefined || now.state === 'failed') throw new Error('the switch has failed');
    const { asked, updated, compared, records, verdict } = now;
    if (compared === null) readAt = updated.getTime();
    else
      return {
        id: body.id,
        reasons: verdict?.reasons ?? [],
        records,
        readS: (readAt - asked.getTime()) / 1000,
        compareS: (compared.getTime() - readAt) / 1000,
      };
  }
}

async function timed<T>(work: () => Promise<T>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function switchRound(systems: Systems, sandbox: Server, account: Account) {
  const { ground, gateway } = systems;
  const api = ground.api(gateway);
  const tenant = await activated(await Tenant.link(api, ground.control(sandbox), { tool: ATS, account: account.id }));
  await rateOfRun(tenant);
  const native = await nativeBeside(api, tenant, ATS, account);
  const found = await shadow(systems, tenant, native);
  const cutoverMs = await timed(() => cutOver(api, tenant, found));
  const afterwards = await rateOfRun(tenant);
  const rollbackMs = await timed(() => rollBack(api, tenant, found.id));
  const { records, readS, compareS } = found;
  return { whole: records / (readS + compareS), read: records / readS, compareS, cutoverMs, afterwards, rollbackMs };
}

async function floorRound({ ground, gateway }: Systems, sandbox: Server, account: Account): Promise<number> {
  const control = new Api(`${sandbox.url}/control/${ATS}`, null);
  return rateOfRun(await activated(await linkNative(ground.api(gateway), control, ATS, account)));
}

/** A first sync of the same account, by the connector that the switch leads to, in a database of its own. */
async function round(ground: Ground, number: number, say: FigureOptions['say']) {
  const sandbox = await ground.sandbox();
  const account = await makeAccount(new Api(`${sandbox.url}/control/${ATS}`, null), { candidates: CANDIDATES });
  const first = await started({ ground, database: await ground.database() }, sandbox);
  const measured = await switchRound(first, sandbox, account);
  await first.gateway.stop();
  const second = await started({ ground, database: await ground.database() }, sandbox);
  const floor = await floorRound(second, sandbox, account);
  const { whole, read, compareS, cutoverMs } = measured;
  say(
    `round ${number}: shadow ${whole.toFixed(0)} (read ${read.toFixed(0)}) and first sync ${floor.toFixed(0)} records/s; ` +
      `compared in ${compareS.toFixed(1)} s, cut over in ${cutoverMs.toFixed(0)} ms`,
  );
  await ground.clear();
  return { ...measured, floor };
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const measured: Awaited<ReturnType<typeof round>>[] = [];
  for (let number = 1; number <= rounds; number++) measured.push(await round(ground, number, say));
  const of = (what: keyof (typeof measured)[number]) => measured.map((one) => one[what]);
  const [figure, floor] = ['switch', of('floor')];
  return [
    resultOf({ figure, what: 'shadow, read and compared', unit: 'records/s', gateway: of('whole'), floor, mark: { atLeast: 0.5 } }),
    resultOf({ figure, what: 'of it the read', unit: 'records/s', gateway: of('read'), floor, mark: null }),
    resultOf({ figure, what: 'of it the comparison', unit: 's', gateway: of('compareS'), mark: null }),
    resultOf({ figure, what: 'first run after the cutover', unit: 'records/s', gateway: of('afterwards'), floor, mark: null }),
    resultOf({ figure, what: 'cutover', unit: 'ms', gateway: of('cutoverMs'), mark: null }),
    resultOf({ figure, what: 'rollback', unit: 'ms', gateway: of('rollbackMs'), mark: null }),
  ];
}

export const switching: Figure = {
  name: 'switch',
  title: `a switch of ${CANDIDATES.toLocaleString('en')} candidates from Kombo to ${ATS}, beside a first sync of the same account`,
  measure,
};
