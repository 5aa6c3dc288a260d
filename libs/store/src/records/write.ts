import type { Allowed } from '#libs/allowlist';
import type { Resource } from '#libs/model';
import { resolveIds, type IdentityMap } from '../identity.js';
import type { Transaction } from '../transaction.js';
import { namesIn, valuesOf, type Value } from './rows.js';
import { TABLES } from './tables.js';

export interface WriteCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface Written extends WriteCounts {
  /** Our ids of the records, in no order. */
  readonly ids: readonly string[];
}

interface Target {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly now: Date;
  /** The first complete read of an integration: nobody is told of each record (`sync.baseline-completed` tells of all). */
  readonly isBaseline?: boolean;
}

/**
 * Stores a page of records of one resource: ids, one bulk statement, and the change rows, all in the caller's transaction (which holds the
 * gate). A record that is as it was costs no write. Of a record that comes twice in a page the last one counts.
 */
export async function writeRecords<R extends Resource>(
  tx: Transaction,
  target: Target,
  resource: R,
  records: readonly Allowed<R>[],
): Promise<Written> {
  const distinct = [...new Map(records.map((record) => [record.externalId, record])).values()];
  if (distinct.length === 0) return { created: 0, changed: 0, unchanged: 0, ids: [] };
  const ids = await resolveIds(tx, target, distinct.flatMap(namesIn));
  const [counts] = await tx.rows<{ created: number; changed: number }>(STATEMENTS[resource], [
    target.tenantId,
    target.now.toISOString(),
    resource,
    target.isBaseline === true,
    ...columnsOf(resource, distinct, ids),
  ]);
  const { created, changed } = counts ?? { created: 0, changed: 0 };
  return { created, changed, unchanged: distinct.length - created - changed, ids: ownIds(resource, distinct, ids) };
}

function ownIds<R extends Resource>(resource: R, records: readonly Allowed<R>[], ids: IdentityMap): string[] {
  return records.flatMap((record) => ids.idOf(resource, record.externalId) ?? []);
}

/** The page as one array per column: id, remote id, then the table's own. */
function columnsOf<R extends Resource>(resource: R, records: readonly Allowed<R>[], ids: IdentityMap): Value[][] {
  const rows = records.map((record) => [ids.idOf(resource, record.externalId), record.remoteId, ...valuesOf(record, ids)]);
  return ['id', 'remoteId', ...TABLES[resource].columns].map((_, index) => rows.map((row) => row[index] ?? null));
}

/** Whoever starts assessments by stage needs the ids of both, without asking what the record was. */
const MOVES: { readonly [R in Resource]?: string } = {
  application: `case when w.stage_id is distinct from case when b.deleted_at is null then b.stage_id end
    then jsonb_build_object('formerStageId', case when b.deleted_at is null then b.stage_id end, 'stageId', w.stage_id) end`,
};

const STATEMENTS: { readonly [R in Resource]: string } = {
  user: statementFor('user'),
  job: statementFor('job'),
  application: statementFor('application'),
  candidate: statementFor('candidate'),
};

/**
 * jsonb goes in as text: an array of jsonb parameters would have to be escaped twice. `offset 0` keeps the planner to one index lookup per
 * record; as a join it reads the tenant's whole table.
 */
function statementFor(resource: Resource): string {
  const { table, columns } = TABLES[resource];
  const names = columns.map(({ column }) => column);
  const list = names.join(', ');
  const parameters = columns.map(({ type }, index) => `$${index + 7}::${type === 'jsonb' ? 'text' : type}[]`);
  const values = columns.map(({ column, type }) => (type === 'jsonb' ? `${column}::jsonb` : column));
  const changedFields = columns.map(({ field, column }) => `case when b.${column} is distinct from w.${column} then '${field}' end`);
  return `
with input as (
  select id, remote_id, ${values.join(', ')}
  from unnest($5::uuid[], $6::text[], ${parameters.join(', ')}) as raw (id, remote_id, ${list})
), before as (
  select r.* from input cross join lateral (select * from ${table} where tenant_id = $1 and id = input.id offset 0) r
), written as (
  insert into ${table} as r (tenant_id, id, remote_id, ${list}, changed_at, deleted_at)
  select $1, id, remote_id, ${list}, $2::timestamptz, null from input order by id
  on conflict (tenant_id, id) do update
  set remote_id = excluded.remote_id, ${names.map((name) => `${name} = excluded.${name}`).join(', ')},
      changed_at = excluded.changed_at, deleted_at = null
  where (r.remote_id, ${names.map((name) => `r.${name}`).join(', ')}, r.deleted_at)
    is distinct from (excluded.remote_id, ${names.map((name) => `excluded.${name}`).join(', ')}, null::timestamptz)
  returning r.*
), told as (
  select w.id, b.id is null or b.deleted_at is not null as created,
         array_remove(array[${changedFields.join(', ')}, case when b.remote_id is distinct from w.remote_id then 'remoteId' end], null) as fields, ${MOVES[resource] ?? 'null::jsonb'} as details
  from written w left join before b on b.id = w.id
), changes as (
  insert into change (tenant_id, resource, record_id, kind, fields, details, at)
  select $1, $3, id, case when created then 'created' else 'updated' end, fields, details, $2::timestamptz from told where not $4::boolean
)
select count(*) filter (where created)::int as created, count(*) filter (where not created)::int as changed from told`;
}
