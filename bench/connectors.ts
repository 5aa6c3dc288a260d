import { setTimeout as pause } from 'node:timers/promises';
import { connectorBySlug, CONNECTORS, isSource } from '#libs/connectors';
import { Api } from '../test/world/api.js';
import { linkNative, makeAccount } from '../test/world/native-tenant.js';
import { DPA, ENABLED, Tenant } from '../test/world/tenant.js';
import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { Ground } from './ground.js';
import { mappedPerSecond } from './mapper.js';
import type { Server } from './process.js';

const CANDIDATES = 20_000;
const LOOK_EVERY_MS = 250;

interface Run {
  readonly state: string;
  readonly error: string | null;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  readonly progress: { readonly read: number };
}

interface Systems {
  readonly ground: Ground;
  readonly sandbox: Server;
  readonly gateway: Server;
}

const controlOf = ({ url }: Server, ats: string): Api => new Api(`${url}/control/${ats}`, null);

/** Linked, not active yet; neither the stand-in nor the gateway keeps the vendor's limits. */
async function link({ ground, sandbox, gateway }: Systems, slug: string): Promise<Tenant> {
  const api = ground.api(gateway);
  if (slug === 'kombo') return Tenant.link(api, ground.control(sandbox), { candidates: CANDIDATES });
  const control = controlOf(sandbox, slug);
  return linkNative(api, control, slug, await makeAccount(control, { candidates: CANDIDATES }));
}

async function firstSync(systems: Systems, slug: string): Promise<number> {
  const tenant = await link(systems, slug);
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const [newest]: Run[] = await tenant.runs();
    if (newest !== undefined && newest.finishedAt !== null) return recordsPerSecond(slug, newest, newest.finishedAt);
  }
}

function recordsPerSecond(slug: string, { state, error, requestedAt, progress }: Run, finishedAt: string): number {
  if (state !== 'succeeded') throw new Error(`the run of ${slug} ended as ${state}: ${error}`);
  // An ATS may hold fewer people than were made: who never applied is not there in all.
  if (progress.read < 1.8 * CANDIDATES) throw new Error(`the run of ${slug} read only ${progress.read} records`);
  return (progress.read * 1000) / (new Date(finishedAt).getTime() - new Date(requestedAt).getTime());
}

/** Each connector in an empty database: a first sync is hardest where tables have no statistics yet. */
async function syncRound(ground: Ground, say: FigureOptions['say']): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number>();
  for (const { manifest } of CONNECTORS.filter(isSource)) {
    const [database, sandbox] = [await ground.database(), await ground.sandbox()];
    const gateway = await ground.gateway(database, sandbox);
    rates.set(manifest.slug, await firstSync({ ground, sandbox, gateway }, manifest.slug));
    say(`${manifest.slug}: ${rates.get(manifest.slug)?.toFixed(0)} records/s`);
    await ground.clear();
  }
  return rates;
}

async function mapperRound(ground: Ground, say: FigureOptions['say']) {
  const sandbox = await ground.sandbox();
  const rates = new Map<string, { mapped: number; parsed: number }>();
  for (const { manifest } of CONNECTORS.filter(isSource)) {
    const connector = connectorBySlug(manifest.slug);
    if (connector === undefined || !isSource(connector)) continue;
    rates.set(manifest.slug, await mappedPerSecond(connector, sandbox.url));
    say(`${manifest.slug}: ${rates.get(manifest.slug)?.mapped.toFixed(0)} candidates/s mapped`);
  }
  await ground.clear();
  return rates;
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const syncs: ReadonlyMap<string, number>[] = [];
  const mappers: Awaited<ReturnType<typeof mapperRound>>[] = [];
  for (let number = 1; number <= rounds; number++) {
    syncs.push(await syncRound(ground, say));
    mappers.push(await mapperRound(ground, say));
  }
  const figure = 'connectors';
  const of = (slug: string) => syncs.map((round) => round.get(slug) ?? 0);
  return CONNECTORS.filter(isSource).flatMap(({ manifest: { slug } }) => [
    resultOf({ figure, what: `${slug}: first sync, beside Kombo’s`, unit: 'records/s', gateway: of(slug), floor: of('kombo'), mark: null }),
    resultOf({
      figure,
      what: `${slug}: mapper alone, beside JSON.parse`,
      unit: 'candidates/s',
      gateway: mappers.map((round) => round.get(slug)?.mapped ?? 0),
      floor: mappers.map((round) => round.get(slug)?.parsed ?? 0),
      mark: null,
    }),
  ]);
}

export const connectors: Figure = {
  name: 'connectors',
  title: `a first sync of ${CANDIDATES.toLocaleString('en')} candidates by each connector, and its mapper alone`,
  measure,
};
