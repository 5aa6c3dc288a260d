import type { OrderState } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';

/** An order as internal services see it. */
export interface OrderView {
  readonly id: string;
  readonly remoteId: string;
  readonly packageId: string;
  readonly state: OrderState;
  readonly applicationId: string | null;
  readonly candidateId: string | null;
  readonly jobId: string | null;
  readonly receivedAt: string;
  readonly changedAt: string;
}

const COLUMNS = `id, external_id as "remoteId", package_id as "packageId", state, application_id as "applicationId", candidate_id as "candidateId",
  job_id as "jobId", ${utc('received_at')} as "receivedAt", ${utc('changed_at')} as "changedAt"`;

export interface OrderFilter {
  readonly tenantId: string;
  readonly state: OrderState | null;
  readonly applicationId: string | null;
  /** The id of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

/** Orders in the order in which they came. */
export function listOrders(tx: Transaction, { tenantId, state, applicationId, after, limit }: OrderFilter): Promise<OrderView[]> {
  return tx.prepared<OrderView>(
    `select ${COLUMNS} from assessment_order
     where tenant_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or application_id = $3) and ($4::uuid is null or id > $4)
     order by id limit $5`,
    [tenantId, state, applicationId, after, limit],
  );
}

/** Null: there is no such order. */
export async function readOrder(tx: Transaction, tenantId: string, id: string): Promise<OrderView | null> {
  const [row] = await tx.prepared<OrderView>(`select ${COLUMNS} from assessment_order where tenant_id = $1 and id = $2`, [tenantId, id]);
  return row ?? null;
}

/** The same by what an integration's source calls it. */
export async function readOrderOf(
  tx: Transaction,
  { tenantId, integrationId, externalId }: { readonly tenantId: string; readonly integrationId: string; readonly externalId: string },
): Promise<OrderView | null> {
  const [row] = await tx.prepared<OrderView>(
    `select ${COLUMNS} from assessment_order where tenant_id = $1 and integration_id = $2 and external_id = $3`,
    [tenantId, integrationId, externalId],
  );
  return row ?? null;
}
