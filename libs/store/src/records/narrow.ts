import type { Resource } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { deleteRecords } from './delete.js';
import { TABLES } from './tables.js';

const BLANKS: Readonly<Record<string, string>> = { status: `'unknown'`, visibility: `'unknown'`, stages: `'[]'`, hiringTeam: `'[]'` };

/**
 * Clears fields that the tenant has hidden from every record that is stored, with a change row each. A full read brings them back should
 * the tenant show them again.
 */
export async function clearFields(
  tx: Transaction,
  tenantId: string,
  resource: Resource,
  fields: readonly string[],
  now: Date,
): Promise<void> {
  const { table, columns } = TABLES[resource];
  const cleared = columns
    .filter((column) => fields.includes(column.field))
    .map(({ field, column }) => ({ field, column, blank: BLANKS[field] ?? 'null' }));
  if (cleared.length === 0) return;
  const filled = cleared.map(({ column, blank }) => `${column} is distinct from ${blank}`);
  const names = cleared.map(({ field, column, blank }) => `case when b.${column} is distinct from ${blank} then '${field}' end`);
  await tx.run(
    `with before as (
       select * from ${table} where tenant_id = $1 and (${filled.join(' or ')}) for update
     ), cleared as (
       update ${table} r set ${cleared.map(({ column, blank }) => `${column} = ${blank}`).join(', ')}, changed_at = $2
       from before b where r.tenant_id = $1 and r.id = b.id returning r.id
     )
     insert into change (tenant_id, resource, record_id, kind, fields, at)
     select $1, $3, b.id, 'updated', array_remove(array[${names.join(', ')}], null), $2 from before b join cleared using (id)`,
    [tenantId, now.toISOString(), resource],
  );
}

const HAS_STAGE = `exists (select from jsonb_array_elements(r.stages) s where position(lower($2) in lower(s ->> 'name')) > 0)`;

/** What is outside of a job scope, in the order in which it follows: jobs, then their applications, then candidates without any. */
const OUTSIDE: readonly { readonly resource: Resource; readonly condition: string }[] = [
  { resource: 'job', condition: `not ${HAS_STAGE}` },
  {
    resource: 'application',
    condition: `$2::text is not null and not exists (
      select from job j where j.tenant_id = r.tenant_id and j.id = r.job_id and j.deleted_at is null)`,
  },
  {
    resource: 'candidate',
    condition: `$2::text is not null and not exists (
      select from application a where a.tenant_id = r.tenant_id and a.candidate_id = r.id and a.deleted_at is null)`,
  },
];

/** Deletes what a tenant's job scope leaves out. Returns how many records went. */
export async function deleteOutsideScope(tx: Transaction, tenantId: string, stageNameContains: string, now: Date): Promise<number> {
  let deleted = 0;
  for (const { resource, condition } of OUTSIDE) {
    const rows = await tx.rows<{ id: string }>(
      `select r.id from ${TABLES[resource].table} r where r.tenant_id = $1 and r.deleted_at is null and ${condition}`,
      [tenantId, stageNameContains],
    );
    deleted += await deleteRecords(
      tx,
      tenantId,
      resource,
      rows.map((row) => row.id),
      now,
    );
  }
  return deleted;
}

/** Which of the given jobs (our ids) are stored and not deleted. */
export async function storedJobs(tx: Transaction, tenantId: string, jobIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(`select id from job where tenant_id = $1 and id = any($2::uuid[]) and deleted_at is null`, [
    tenantId,
    jobIds,
  ]);
  return new Set(rows.map((row) => row.id));
}

/** Which of the given candidates (our ids) have an application that is stored and not deleted. */
export async function candidatesWithApplication(
  tx: Transaction,
  tenantId: string,
  candidateIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(
    `select distinct candidate_id as id from application where tenant_id = $1 and candidate_id = any($2::uuid[]) and deleted_at is null`,
    [tenantId, candidateIds],
  );
  return new Set(rows.map((row) => row.id));
}
