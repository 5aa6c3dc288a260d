import type { Tenant } from './tenant.js';

export const LISTS = ['users', 'jobs', 'candidates', 'applications'] as const;
export type List = (typeof LISTS)[number];

// oxlint-disable-next-line typescript/no-explicit-any -- as it came over the wire
export type Row = any;

/** All that can be read of a tenant, as it came over the wire. */
export type Snapshot = Readonly<Record<List, readonly Row[]>>;

export async function snapshotOf(tenant: Tenant, { deleted = false } = {}): Promise<Snapshot> {
  const [users = [], jobs = [], candidates = [], applications = []] = await Promise.all(
    LISTS.map((list) => tenant.records(`${list}?limit=250&includeDeleted=${deleted}`)),
  );
  return { users, jobs, candidates, applications };
}

/** The ids of all that can be read, as `list/id`. */
export const idsIn = (snapshot: Snapshot): string[] => LISTS.flatMap((list) => snapshot[list].map(({ id }) => `${list}/${id}`));
