import type { ErrorKind, ResultContent, ResultState } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';
import { nameOf, type ResultName } from './accept.js';
import { HELD } from './settle.js';

/** How a result stands, as callers see it. Times are RFC 3339, UTC. */
export interface ResultView extends ResultName {
  readonly id: string;
  readonly revision: number;
  readonly state: ResultState;
  readonly attempts: number;
  readonly lastError: ErrorKind | null;
  /** The source's own code, from the connector's list. */
  readonly lastCode: string | null;
  /** An attempt was made and nobody knows how it ended. */
  readonly inDoubt: boolean;
  readonly acceptedAt: string;
  /** When it is tried next; null where it is not. */
  readonly nextAttemptAt: string | null;
  readonly deliveredAt: string | null;
  /** What stands in the ATS, of this revision or an earlier one. */
  readonly receipt: {
    readonly revision: number;
    readonly integrationId: string | null;
    readonly channel: string | null;
    readonly remoteId: string | null;
  } | null;
}

const COLUMNS = `d.id, d.tenant_id as "tenantId", d.application_id as "applicationId", d.result_key as "resultKey", d.revision, d.state, d.attempts,
  d.last_error as "lastError", d.last_code as "lastCode", d.in_doubt as "inDoubt",
  case when d.state = 'queued' then ${utc('d.due_at')} end as "nextAttemptAt", ${utc('d.delivered_at')} as "deliveredAt",
  case when d.receipt_revision is not null then json_build_object('revision', d.receipt_revision, 'integrationId', d.receipt_integration_id,
    'channel', d.receipt_channel, 'remoteId', d.receipt_remote_id) end as receipt`;

/** Null: there is no such result. */
export async function readResult(tx: Transaction, name: ResultName): Promise<ResultView | null> {
  const [row] = await tx.prepared<ResultView>(
    `select ${COLUMNS}, ${utc('r.accepted_at')} as "acceptedAt" from result_delivery d
     join result r using (tenant_id, application_id, result_key)
     where d.tenant_id = $1 and d.application_id = $2 and d.result_key = $3`,
    nameOf(name),
  );
  return row ?? null;
}

export interface ResultFilter {
  readonly state: ResultState | null;
  readonly tenantId: string | null;
  /** Null: every tenant. */
  readonly tenants: readonly string[] | null;
  /** RFC 3339: only what has stood so since before it. */
  readonly before: string | null;
  readonly limit: number;
}

export type ListedResult = Omit<ResultView, 'acceptedAt'> & { readonly updatedAt: string };

/** Deliveries of all tenants, those that changed last first. */
export function listResults(tx: Transaction, { state, tenantId, tenants, before, limit }: ResultFilter): Promise<ListedResult[]> {
  return tx.rows<ListedResult>(
    `select ${COLUMNS}, ${utc('d.updated_at')} as "updatedAt" from result_delivery d
     where ($1::text is null or d.state = $1) and ($2::uuid is null or d.tenant_id = $2)
       and ($3::uuid[] is null or d.tenant_id = any($3)) and ($4::timestamptz is null or d.updated_at < $4)
     order by d.updated_at desc, d.tenant_id, d.application_id, d.result_key limit $5`,
    [state, tenantId, tenants, before, limit],
  );
}

/** Which result has this id; null where there is none. */
export async function resultOfId(tx: Transaction, id: string): Promise<ResultName | null> {
  const [row] = await tx.rows<ResultName>(
    `select tenant_id as "tenantId", application_id as "applicationId", result_key as "resultKey" from result_delivery where id = $1`,
    [id],
  );
  return row ?? null;
}

/** What is held ready for an ATS that reads it itself. */
export async function heldResults(
  tx: Transaction,
  { tenantId, integrationId, applicationId }: { readonly tenantId: string; readonly integrationId: string; readonly applicationId: string },
): Promise<{ readonly resultKey: string; readonly content: ResultContent }[]> {
  return tx.rows(
    `select r.result_key as "resultKey", r.content from result r join result_delivery d using (tenant_id, application_id, result_key)
     where r.tenant_id = $1 and r.application_id = $2 and d.receipt_integration_id = $3 and d.receipt_channel = any($4) and d.state = 'delivered'
       and r.content is not null
     order by r.result_key`,
    [tenantId, applicationId, integrationId, HELD],
  );
}

/** What is known of an application's results, the newest first: what was delivered otherwise than for reading is forgotten. */
export async function resultsOfApplication(tx: Transaction, tenantId: string, applicationId: string): Promise<ResultContent[]> {
  const rows = await tx.rows<{ content: ResultContent }>(
    'select content from result where tenant_id = $1 and application_id = $2 and content is not null order by accepted_at desc',
    [tenantId, applicationId],
  );
  return rows.map(({ content }) => content);
}
