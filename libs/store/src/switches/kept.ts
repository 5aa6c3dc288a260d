import type { Resource } from '#libs/model';
import { TABLES } from '../records/tables.js';
import type { Transaction } from '../transaction.js';

/** Of a resource's records, how many an integration will know again: those keep their ids. */
export interface Kept {
  readonly records: number;
  readonly kept: number;
}

const COUNT = (resource: Resource) => `
  select count(*)::int as records, count(*) filter (where exists (
    select from identity i join integration one on one.tenant_id = i.tenant_id and one.id = i.integration_id
    where i.tenant_id = $1 and i.resource = '${resource}' and i.id = r.id
      and (one.id = $2 or (i.remote_id is not null and one.ats = (select ats from integration where tenant_id = $1 and id = $2)))))::int as kept
  from ${TABLES[resource].table} r where r.tenant_id = $1 and r.deleted_at is null`;

/** What an integration that is made the active one at once will know again: what it has brought before, and what the same ATS calls by a known remote id. */
export async function countKept(
  tx: Transaction,
  { tenantId, integrationId }: { readonly tenantId: string; readonly integrationId: string },
): Promise<Readonly<Record<Resource, Kept>>> {
  const count = async (resource: Resource): Promise<Kept> =>
    (await tx.rows<Kept>(COUNT(resource), [tenantId, integrationId]))[0] ?? { records: 0, kept: 0 };
  return {
    user: await count('user'),
    job: await count('job'),
    candidate: await count('candidate'),
    application: await count('application'),
  };
}

/** What of an integration's capabilities the tenant has made use of: it has received orders, or delivered results. */
export async function capabilitiesUsed(
  tx: Transaction,
  { tenantId, integrationId }: { readonly tenantId: string; readonly integrationId: string | null },
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ name: string }>(
    `select 'orders' as name where exists (select from assessment_order where tenant_id = $1 and integration_id = $2)
     union all select 'results' where exists (select from result where tenant_id = $1)`,
    [tenantId, integrationId],
  );
  return new Set(rows.map(({ name }) => name));
}
