import { v7 as uuidv7 } from 'uuid';
import { IDENTIFIED, type Identified } from '#libs/model';
import type { Transaction } from './transaction.js';

/** What a connector calls something, and, for a record itself, what the ATS calls it. */
export interface RemoteName {
  readonly resource: Identified;
  readonly externalId: string;
  readonly remoteId: string | null;
}

/** Our ids by what a connector calls the records of one integration. */
export class IdentityMap {
  private readonly ids = new Map<string, string>();
  private readonly remoteIds = new Map<string, string | null>();

  static key(resource: Identified, externalId: string): string {
    return `${resource} ${externalId}`;
  }

  add({ resource, external_id, id, remote_id }: IdentityRow): void {
    const key = IdentityMap.key(resource, external_id);
    this.ids.set(key, id);
    this.remoteIds.set(key, remote_id);
  }

  /** Whether the name tells an ATS's own id that is not noted yet. */
  tellsMore(name: RemoteName): boolean {
    return name.remoteId !== null && this.remoteIds.get(IdentityMap.key(name.resource, name.externalId)) !== name.remoteId;
  }

  has(name: RemoteName): boolean {
    return this.ids.has(IdentityMap.key(name.resource, name.externalId));
  }

  /** Every id of ours that is in here. */
  all(): string[] {
    return [...this.ids.values()];
  }

  /** Our id; null where there is none. */
  idOf(resource: Identified, externalId: string | null): string | null {
    return externalId === null ? null : (this.ids.get(IdentityMap.key(resource, externalId)) ?? null);
  }
}

interface Owner {
  readonly tenantId: string;
  readonly integrationId: string;
}

interface IdentityRow {
  readonly resource: Identified;
  readonly external_id: string;
  readonly id: string;
  readonly remote_id: string | null;
}

/** Our ids for the given names, as far as they are known. */
export async function findIds(tx: Transaction, owner: Owner, names: readonly RemoteName[]): Promise<IdentityMap> {
  const known = new IdentityMap();
  await addKnown(tx, owner, names, known);
  return known;
}

/**
 * Our ids for the given names, made where a name is seen for the first time: so records may come in any order. What another integration of the
 * tenant's to the same ATS has brought under the same remote id is the same record, and keeps its id. New ids are UUIDv7, they sort after old
 * ones. Two transactions that meet the same name agree on one id.
 */
export async function resolveIds(tx: Transaction, owner: Owner, names: readonly RemoteName[]): Promise<IdentityMap> {
  const known = await findIds(tx, owner, names);
  await learnRemoteIds(
    tx,
    owner,
    names.filter((name) => known.has(name) && known.tellsMore(name)),
  );
  const fresh = unknownOf(names, known);
  if (fresh.length === 0) return known;
  const met = await idsOfOthers(tx, owner, fresh);
  const made = await tx.rows<IdentityRow>(
    `insert into identity (tenant_id, resource, integration_id, external_id, id, remote_id)
     select $1, resource, $2, external_id, id, remote_id
     from unnest($3::text[], $4::text[], $5::uuid[], $6::text[]) as fresh (resource, external_id, id, remote_id)
     order by resource, external_id
     on conflict do nothing returning resource, external_id, id, remote_id`,
    [
      owner.tenantId,
      owner.integrationId,
      fresh.map((name) => name.resource),
      fresh.map((name) => name.externalId),
      fresh.map((name) => met.get(IdentityMap.key(name.resource, name.externalId)) ?? uuidv7()),
      fresh.map((name) => name.remoteId),
    ],
  );
  for (const row of made) known.add(row);
  if (made.length < fresh.length) await addKnown(tx, owner, unknownOf(names, known), known);
  return known;
}

/**
 * The ids of what the tenant's other integrations to the same ATS call by the same remote ids; each for one name. A reference tells no remote id, but a native
 * connector's name is one.
 */
async function idsOfOthers(
  tx: Transaction,
  { tenantId, integrationId }: Owner,
  names: readonly RemoteName[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ resource: Identified; externalId: string; id: string }>(
    `with others as (
       select other.id from integration own join integration other on other.tenant_id = own.tenant_id and other.ats = own.ats and other.id <> own.id
       where own.tenant_id = $1 and own.id = $2
     )
     select distinct on (met.id) n.resource, n.external_id as "externalId", met.id
     from unnest($3::text[], $4::text[], $5::text[]) as n (resource, external_id, remote_id)
     cross join lateral (
       select i.id from identity i
       where i.tenant_id = $1 and i.resource = n.resource and i.remote_id = n.remote_id and i.integration_id = any(array(select id from others))
         and not exists (select from identity own where own.tenant_id = $1 and own.id = i.id and own.resource = i.resource and own.integration_id = $2)
       order by i.id limit 1) met
     where exists (select from others) order by met.id, n.external_id`,
    [
      tenantId,
      integrationId,
      names.map((name) => name.resource),
      names.map((name) => name.externalId),
      names.map((name) => name.remoteId ?? name.externalId),
    ],
  );
  return new Map(rows.map(({ resource, externalId, id }) => [IdentityMap.key(resource, externalId), id]));
}

function unknownOf(names: readonly RemoteName[], known: IdentityMap): RemoteName[] {
  const fresh = new Map<string, RemoteName>();
  for (const name of names) {
    const key = IdentityMap.key(name.resource, name.externalId);
    if (known.has(name)) continue;
    if (!fresh.has(key) || name.remoteId !== null) fresh.set(key, name);
  }
  return [...fresh.values()];
}

/** `offset 0` keeps the planner to one index lookup per name; as a join it reads the tenant's whole map from some 60,000 rows on. */
async function addKnown(tx: Transaction, owner: Owner, names: readonly RemoteName[], known: IdentityMap): Promise<void> {
  if (names.length === 0) return;
  const rows = await tx.rows<IdentityRow>(
    `select wanted.resource, wanted.external_id, i.id, i.remote_id
     from (select distinct resource, external_id from unnest($3::text[], $4::text[]) as n (resource, external_id)) wanted
     cross join lateral (
       select id, remote_id from identity where tenant_id = $1 and integration_id = $2 and resource = wanted.resource and external_id = wanted.external_id
       offset 0) i`,
    [owner.tenantId, owner.integrationId, names.map((name) => name.resource), names.map((name) => name.externalId)],
  );
  for (const row of rows) known.add(row);
}

/** Notes the ATS's own ids where they were not known when the identity was made (a reference came before its record), or have changed. */
async function learnRemoteIds(tx: Transaction, owner: Owner, told: readonly RemoteName[]): Promise<void> {
  if (told.length === 0) return;
  await tx.run(
    `update identity i set remote_id = told.remote_id
     from unnest($3::text[], $4::text[], $5::text[]) as told (resource, external_id, remote_id)
     where i.tenant_id = $1 and i.integration_id = $2 and i.resource = told.resource and i.external_id = told.external_id`,
    [
      owner.tenantId,
      owner.integrationId,
      told.map((name) => name.resource),
      told.map((name) => name.externalId),
      told.map((name) => name.remoteId),
    ],
  );
}

/** Whether another integration has brought anything to the tenant. */
export async function wasReadByOther(tx: Transaction, { tenantId, integrationId }: Owner): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 from integration i where i.tenant_id = $1 and i.id <> $2
       and exists (select from identity n where n.tenant_id = $1 and n.resource = any($3) and n.integration_id = i.id)`,
    [tenantId, integrationId, IDENTIFIED],
  );
  return rows.length > 0;
}
