import type { Position, Resource } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { documentOf } from './documents.js';
import { utcExact } from '../utc.js';
import { TABLES } from './tables.js';

/** Filters on a list of records; each narrows it further. */
export interface RecordFilter {
  /** RFC 3339: changed here at or after it. The list then comes in the order of changes. */
  readonly updatedSince?: string;
  readonly includeDeleted: boolean;
  readonly status?: string;
  readonly visibility?: string;
  readonly email?: string;
  readonly jobId?: string;
  readonly stageId?: string;
  readonly candidateId?: string;
}

export interface RecordPage {
  /** The records as JSON texts, rendered by PostgreSQL. */
  readonly documents: readonly string[];
  /** Where the next page starts; null at the end. */
  readonly next: Position | null;
}

interface Row {
  readonly id: string;
  /** Where the list comes in the order of changes. */
  readonly changedAt: string | null;
  readonly document: string;
}

const EXACT: readonly { readonly filter: keyof RecordFilter; readonly condition: (parameter: string) => string }[] = [
  { filter: 'status', condition: (parameter) => `r.status = ${parameter}` },
  { filter: 'visibility', condition: (parameter) => `r.visibility = ${parameter}` },
  { filter: 'email', condition: (parameter) => `lower(r.email) = lower(${parameter})` },
  { filter: 'jobId', condition: (parameter) => `r.job_id = ${parameter}::uuid` },
  { filter: 'stageId', condition: (parameter) => `r.stage_id = ${parameter}::uuid` },
  { filter: 'candidateId', condition: (parameter) => `r.candidate_id = ${parameter}::uuid` },
];

interface ListRequest {
  readonly tenantId: string;
  readonly resource: Resource;
  readonly filter: RecordFilter;
  readonly after: Position | null;
  readonly limit: number;
  /** Whether candidates name their applications: not where applications may not be read. */
  readonly withApplications: boolean;
}

/** One keyset page, in the order of ids, or of changes where `updatedSince` is given. */
export async function listRecords(tx: Transaction, request: ListRequest): Promise<RecordPage> {
  const { resource, filter, after, limit } = request;
  const parameters: unknown[] = [];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [`r.tenant_id = ${bind(request.tenantId)}`];
  if (!filter.includeDeleted) conditions.push('r.deleted_at is null');
  for (const { filter: name, condition } of EXACT) {
    const value = filter[name];
    if (value !== undefined) conditions.push(condition(bind(value)));
  }
  const byChange = filter.updatedSince !== undefined;
  if (byChange) conditions.push(`r.changed_at >= ${bind(filter.updatedSince)}::timestamptz`);
  if (after !== null) {
    conditions.push(
      byChange
        ? `(r.changed_at, r.id) > (${bind(after.changedAt)}::timestamptz, ${bind(after.id)}::uuid)`
        : `r.id > ${bind(after.id)}::uuid`,
    );
  }
  const rows = await tx.prepared<Row>(
    `select r.id, ${byChange ? utcExact('r.changed_at') : 'null'} as "changedAt",
            ${documentOf(resource, request)} as document
     from ${TABLES[resource].table} r where ${conditions.join(' and ')}
     order by ${byChange ? 'r.changed_at, r.id' : 'r.id'} limit ${bind(limit + 1)}`,
    parameters,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { documents: page.map((row) => row.document), next: more ? { id: last.id, changedAt: last.changedAt } : null };
}

interface OneRequest {
  readonly tenantId: string;
  readonly resource: Resource;
  readonly id: string;
  readonly withApplications: boolean;
}

/** One record as JSON text, deleted ones included (with `deletedAt`); null where there is none. */
export async function readRecord(tx: Transaction, { tenantId, resource, id, withApplications }: OneRequest): Promise<string | null> {
  const [row] = await tx.prepared<{ document: string }>(
    `select ${documentOf(resource, { withApplications })} as document from ${TABLES[resource].table} r where r.tenant_id = $1 and r.id = $2`,
    [tenantId, id],
  );
  return row?.document ?? null;
}

/** How many records of each resource the tenant has, deleted ones left out. */
export async function countRecords(tx: Transaction, tenantId: string): Promise<Readonly<Record<Resource, number>>> {
  const count = (resource: Resource) =>
    `(select count(*)::int from ${TABLES[resource].table} where tenant_id = $1 and deleted_at is null) as "${resource}"`;
  const [row] = await tx.rows<Record<Resource, number>>(
    `select ${count('user')}, ${count('job')}, ${count('application')}, ${count('candidate')}`,
    [tenantId],
  );
  return row ?? { user: 0, job: 0, application: 0, candidate: 0 };
}

/** Whether the tenant has jobs and not one application, and no job scope that would explain it. */
export async function seesJobsAlone(tx: Transaction, tenantId: string): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 where exists (select from job where tenant_id = $1 and deleted_at is null)
       and not exists (select from application where tenant_id = $1 and deleted_at is null)
       and not exists (select from tenant_policy where tenant_id = $1 and job_stage_contains is not null)`,
    [tenantId],
  );
  return rows.length > 0;
}

/** What the connector calls the tenant's newest open jobs, by their last edit. */
export async function newestJobs(
  tx: Transaction,
  { tenantId, integrationId, limit }: { readonly tenantId: string; readonly integrationId: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await tx.rows<{ externalId: string }>(
    `select i.external_id as "externalId" from job r
     join identity i on i.tenant_id = r.tenant_id and i.resource = 'job' and i.id = r.id and i.integration_id = $2
     where r.tenant_id = $1 and r.deleted_at is null and r.status = 'open' order by r.remote_updated_at desc nulls last, r.id desc limit $3`,
    [tenantId, integrationId, limit],
  );
  return rows.map((row) => row.externalId);
}
