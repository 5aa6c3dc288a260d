import type { Resource } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { personalColumnsOf, TABLES } from './tables.js';

/**
 * Marks records as deleted and clears what they say of a person; id, remote id and references stay, so that readers can tell which record
 * went. Writes a change row each. Returns how many were there and not yet deleted.
 */
export async function deleteRecords(
  tx: Transaction,
  tenantId: string,
  resource: Resource,
  ids: readonly string[],
  now: Date,
): Promise<number> {
  if (ids.length === 0) return 0;
  const cleared = personalColumnsOf(resource).map((column) => `${column} = null, `);
  const [row] = await tx.rows<{ deleted: number }>(
    `with gone as (
       update ${TABLES[resource].table} set ${cleared.join('')}deleted_at = $3, changed_at = $3
       where tenant_id = $1 and id = any($2::uuid[]) and deleted_at is null returning id
     ), changes as (
       insert into change (tenant_id, resource, record_id, kind, fields, at) select $1, $4, id, 'deleted', '{}', $3 from gone
     )
     select count(*)::int as deleted from gone`,
    [tenantId, ids, now.toISOString(), resource],
  );
  return row?.deleted ?? 0;
}

/** How many records of a resource are there that are not deleted, and which of them the run has not seen. */
export interface Absence {
  readonly alive: number;
  readonly absent: readonly string[];
}

interface RunTarget {
  readonly tenantId: string;
  readonly runId: string;
}

/** Also what another integration has brought before a switch: the one that is active says what is there. */
const ALIVE = (table: string) => `select r.id from ${table} r where r.tenant_id = $1 and r.deleted_at is null`;

const NOTED = `select unnest(ids) as id from sync_seen where tenant_id = $1 and run_id = $3 and resource = $2`;

async function compare(tx: Transaction, target: RunTarget, resource: Resource, absent: 'seen' | 'not seen'): Promise<Absence> {
  const [row] = await tx.rows<{ alive: number; absent: string[] }>(
    `with noted as materialized (${NOTED}), alive as materialized (${ALIVE(TABLES[resource].table)})
     select (select count(*)::int from alive) as alive,
            array(select id::text from alive where ${absent === 'seen' ? '' : 'not '}exists (select from noted where noted.id = alive.id)) as absent`,
    [target.tenantId, resource, target.runId],
  );
  return row ?? { alive: 0, absent: [] };
}

/** After a complete full run: the tenant's records that no page of it held. */
export const findAbsent = (tx: Transaction, target: RunTarget, resource: Resource): Promise<Absence> =>
  compare(tx, target, resource, 'not seen');

/** After a delta run: the tenant's records that its pages reported as deleted. */
export const findReported = (tx: Transaction, target: RunTarget, resource: Resource): Promise<Absence> =>
  compare(tx, target, resource, 'seen');
