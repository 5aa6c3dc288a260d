import type { Identified } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { joinAtOnce } from './join-at-once.js';

export interface ShadowOf {
  readonly tenantId: string;
  readonly switchId: string;
}

/** What the target calls a record, and keyed hashes of what it says. */
export interface ShadowRow {
  readonly resource: Identified;
  readonly externalId: string;
  readonly remoteId: string | null;
  readonly naturalKey: string | null;
  readonly hashes: Readonly<Record<string, string>>;
  readonly refs: Readonly<Record<string, string | readonly string[] | null>>;
}

/** Adds rows to a shadow, one statement per page; of one that is there the last word counts. */
export async function writeShadow(tx: Transaction, { tenantId, switchId }: ShadowOf, rows: readonly ShadowRow[]): Promise<void> {
  const distinct = [...new Map(rows.map((row) => [`${row.resource} ${row.externalId}`, row])).values()];
  if (distinct.length === 0) return;
  await tx.run(
    `insert into shadow_record (tenant_id, switch_id, resource, external_id, remote_id, natural_key, hashes, refs)
     select $1, $2, resource, external_id, remote_id, natural_key, hashes::jsonb, refs::jsonb
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) as raw (resource, external_id, remote_id, natural_key, hashes, refs)
     on conflict (tenant_id, switch_id, resource, external_id) do update
     set remote_id = excluded.remote_id, natural_key = excluded.natural_key, hashes = excluded.hashes, refs = excluded.refs`,
    [
      tenantId,
      switchId,
      distinct.map((row) => row.resource),
      distinct.map((row) => row.externalId),
      distinct.map((row) => row.remoteId),
      distinct.map((row) => row.naturalKey),
      distinct.map((row) => JSON.stringify(row.hashes)),
      distinct.map((row) => JSON.stringify(row.refs)),
    ],
  );
}

/** Takes records out that the target reports as deleted. */
export async function deleteFromShadow(
  tx: Transaction,
  { tenantId, switchId }: ShadowOf,
  resource: Identified,
  externalIds: readonly string[],
): Promise<void> {
  if (externalIds.length === 0) return;
  await tx.run('delete from shadow_record where tenant_id = $1 and switch_id = $2 and resource = $3 and external_id = any($4)', [
    tenantId,
    switchId,
    resource,
    externalIds,
  ]);
}

/** Leaves of applications those of the jobs that are there, and of candidates those with an application: what a job scope lets in. */
export async function narrowShadow(tx: Transaction, { tenantId, switchId }: ShadowOf): Promise<void> {
  const outside = (resource: Identified, condition: string) =>
    tx.run(
      `delete from shadow_record s where s.tenant_id = $1 and s.switch_id = $2 and s.resource = '${resource}' and not exists (
         select from shadow_record o where o.tenant_id = $1 and o.switch_id = $2 and ${condition})`,
      [tenantId, switchId],
    );
  await joinAtOnce(tx);
  await outside('application', `o.resource = 'job' and o.external_id = s.refs ->> 'jobId'`);
  await outside('candidate', `o.resource = 'application' and o.refs ->> 'candidateId' = s.external_id`);
}

/** Forgets a shadow: nothing of it is needed once the switch has come to an end. */
export async function dropShadow(tx: Transaction, { tenantId, switchId }: ShadowOf): Promise<void> {
  for (const table of ['shadow_record', 'shadow_key']) {
    await tx.run(`delete from ${table} where tenant_id = $1 and switch_id = $2`, [tenantId, switchId]);
  }
}
