import type { FieldDiff, Identified, Resource, ResourceDiff, SwitchDiff } from '#libs/model';
import {
  countMatches,
  matchBy,
  matchedPairs,
  SAMPLED,
  unmatch,
  unmatchedHere,
  writeKeys,
  type Keyless,
  type Pair,
  type ShadowOf,
  type Store,
} from '#libs/store';
import type { Fingerprints, Says } from './fingerprints.js';

type Ours = Says[Resource] & Readonly<Record<string, unknown>>;
type Both = Pair<Ours>;

/** What others refer to comes first. */
const ORDER: readonly Identified[] = ['user', 'job', 'stage', 'candidate', 'application'];

/** A second's work at most between two looks at whether to go on. */
const AT_ONCE = 2000;

interface Comparison {
  readonly store: Store;
  readonly shadow: ShadowOf;
  readonly fingerprints: Fingerprints;
  /** Whether the two integrations name the same things: ids of two ATSs may be the same by chance. */
  readonly isSameAts: boolean;
  readonly signal: AbortSignal;
}

/** Compares what the target holds with what is stored: matches by remote id, by what is known of before, by natural key; then field by field. */
export async function compare(of: Comparison): Promise<SwitchDiff> {
  const { store, shadow } = of;
  const { tenantId } = shadow;
  await store.inTenant(tenantId, (tx) => unmatch(tx, shadow));
  for (const resource of ORDER) await match(of, resource);
  const counted = async (resource: Identified): Promise<Omit<ResourceDiff, 'fields'>> =>
    store.inTenant(tenantId, (tx) => countMatches(tx, shadow, resource));
  const diffOf = async (resource: Resource): Promise<ResourceDiff> => ({
    ...(await counted(resource)),
    fields: await fieldsOf(of, resource),
  });
  return {
    user: await diffOf('user'),
    job: await diffOf('job'),
    stage: { ...(await counted('stage')), fields: {} },
    candidate: await diffOf('candidate'),
    application: await diffOf('application'),
  };
}

async function match(of: Comparison, resource: Identified): Promise<void> {
  const { store, shadow, isSameAts, signal } = of;
  signal.throwIfAborted();
  await store.inTenant(shadow.tenantId, async (tx) => {
    if (isSameAts) await matchBy(tx, shadow, resource, 'remoteId');
    await matchBy(tx, shadow, resource, 'known');
  });
  await hashKeys(of, resource);
  await store.inTenant(shadow.tenantId, (tx) => matchBy(tx, shadow, resource, 'naturalKey'));
}

async function hashKeys({ store, shadow, fingerprints, signal }: Comparison, resource: Identified): Promise<void> {
  for (let after: Pick<Keyless, 'id' | 'parentId'> | null = null; ;) {
    signal.throwIfAborted();
    const at: Pick<Keyless, 'id' | 'parentId'> | null = after;
    const page = await store.inTenant(shadow.tenantId, async (tx) => {
      const rows = await unmatchedHere(tx, shadow, resource, { after: at, limit: AT_ONCE });
      const keys = rows.flatMap(({ text, ...row }) => {
        const naturalKey = fingerprints.naturalKey(resource, text);
        return naturalKey === null ? [] : [{ ...row, naturalKey }];
      });
      await writeKeys(tx, shadow, resource, keys);
      return rows;
    });
    after = page.at(-1) ?? null;
    if (page.length < AT_ONCE) return;
  }
}

async function fieldsOf(of: Comparison, resource: Resource): Promise<Readonly<Record<string, FieldDiff>>> {
  const { store, shadow, signal } = of;
  const tally = new Map<string, { equal: number; different: number; ids: string[] }>();
  for (let after: string | null = null; ;) {
    signal.throwIfAborted();
    const at: string | null = after;
    const pairs: readonly Both[] = await store.inTenant(shadow.tenantId, (tx) =>
      matchedPairs<Ours>(tx, shadow, resource, { after: at, limit: AT_ONCE }),
    );
    for (const pair of pairs) for (const [field, isEqual] of fieldsOfPair(of, resource, pair)) note(tally, field, isEqual, pair.id);
    after = pairs.at(-1)?.id ?? null;
    if (pairs.length < AT_ONCE) break;
  }
  return Object.fromEntries(
    [...tally].map(([field, { equal, different, ids }]) => [field, { equal, different: { count: different, ids } }]),
  );
}

function note(tally: Map<string, { equal: number; different: number; ids: string[] }>, field: string, isEqual: boolean, id: string): void {
  const counts = tally.get(field) ?? { equal: 0, different: 0, ids: [] };
  tally.set(field, counts);
  if (isEqual) counts.equal++;
  else {
    counts.different++;
    if (counts.ids.length < SAMPLED) counts.ids.push(id);
  }
}

function* fieldsOfPair(
  { fingerprints }: Comparison,
  resource: Resource,
  { document: ours, hashes, refs }: Both,
): Generator<[string, boolean]> {
  for (const [field, hash] of Object.entries(fingerprints.of(resource, ours))) yield [field, hashes[field] === hash];
  for (const [field, id] of Object.entries(refs)) yield [field, Array.isArray(id) ? sameTeam(ours[field], id) : ours[field] === id];
}

/** The same users, in whatever order. */
function sameTeam(ours: unknown, theirs: readonly (string | null)[]): boolean {
  const ids = Array.isArray(ours) ? ours.map((one: { userId?: unknown }) => String(one.userId)) : [];
  return ids.toSorted().join() === theirs.map(String).toSorted().join();
}
