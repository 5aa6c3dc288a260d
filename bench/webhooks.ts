import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import { WEBHOOK_SECRET, type BenchDatabase, type Ground } from './ground.js';
import { load } from './load.js';
import type { LoadResult } from './load-options.js';
import { makeTenants } from './tenants.js';

const TENANTS = 100;
const CONNECTIONS = 50;
const SECONDS = 8;
const STEADY_PER_SECOND = 300;

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const [database, sandbox] = await Promise.all([ground.database(), ground.sandbox()]);
  const gateway = await ground.gateway(database, sandbox, { GATEWAY_ROLES: 'api' });
  const integrationIds = (await makeTenants(ground, gateway, sandbox, TENANTS)).map(({ sourceId: komboId }) => komboId);
  await sandbox.stop();
  const floor = await ground.server('bench/webhooks-floor.ts', { DATABASE_URL: database.adminUrl, SECRET: WEBHOOK_SECRET });
  const send = (url: string, rate: number | null) =>
    load({
      url,
      paths: ['/webhooks/kombo'],
      connections: CONNECTIONS,
      seconds: SECONDS,
      rate,
      webhooksOf: { integrationIds, secret: WEBHOOK_SECRET },
    });
  const [most, steady] = [pair(), pair()];
  for (const { url } of [gateway, floor]) await send(url, null);
  for (let round = 1; round <= rounds; round++) {
    for (const rate of [null, STEADY_PER_SECOND]) {
      const { gateway: ours, floor: theirs } = rate === null ? most : steady;
      ours.push(await send(gateway.url, rate));
      theirs.push(await send(floor.url, rate));
    }
    say(`round ${round}: ${last(most.gateway)} and ${last(most.floor)} requests/s`);
  }
  await mustBeKept(database, [...most.gateway, ...steady.gateway]);
  const figure = 'webhooks';
  const steadily = { figure, unit: 'ms', mark: null };
  return [
    resultOf({ figure, what: 'acknowledged', unit: 'requests/s', ...numbers(most, 'requestsPerSecond'), mark: { atLeast: 0.6 } }),
    resultOf({ ...steadily, what: `p50 at ${STEADY_PER_SECOND}/s`, ...numbers(steady, 'p50Ms') }),
    resultOf({ ...steadily, what: `p99 at ${STEADY_PER_SECOND}/s`, ...numbers(steady, 'p99Ms') }),
  ];
}

type Pair = Readonly<Record<'gateway' | 'floor', LoadResult[]>>;

const pair = (): Pair => ({ gateway: [], floor: [] });
const last = (results: readonly LoadResult[]) => results.at(-1)?.requestsPerSecond.toFixed(0);
const numbers = ({ gateway, floor }: Pair, of: keyof LoadResult) => ({
  gateway: gateway.map((result) => result[of]),
  floor: floor.map((result) => result[of]),
});

/** Throws where fewer webhooks are recorded than were acknowledged. */
async function mustBeKept({ pool }: BenchDatabase, loads: readonly LoadResult[]): Promise<void> {
  const { rows } = await pool.query<{ kept: number }>('select count(*)::int as kept from webhook');
  const acknowledged = loads.reduce((sum, { answered }) => sum + answered, 0);
  const kept = rows[0]?.kept ?? 0;
  if (kept < acknowledged) throw new Error(`${acknowledged} webhooks were acknowledged, and ${kept} are recorded`);
}

export const webhooks: Figure = {
  name: 'webhooks',
  title: 'POST /webhooks/kombo, recorded before it is answered, beside bare Fastify, HMAC and one insert',
  measure,
};
