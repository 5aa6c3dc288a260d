import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';

export interface WebhookView {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly id: string;
  readonly type: string;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
}

export interface WebhookFilter {
  readonly tenantId: string | null;
  readonly type: string | null;
  /** RFC 3339: only what came before. */
  readonly before: string | null;
  /** Null: every tenant. */
  readonly tenants: readonly string[] | null;
  readonly limit: number;
}

/** The recorded webhooks, the newest first. */
export function listWebhooks(tx: Transaction, { tenantId, type, before, tenants, limit }: WebhookFilter): Promise<WebhookView[]> {
  return tx.rows<WebhookView>(
    `select tenant_id as "tenantId", integration_id as "integrationId", id, type, ${utc('received_at')} as "receivedAt" from webhook
     where ($1::uuid is null or tenant_id = $1) and ($2::text is null or type = $2) and ($3::timestamptz is null or received_at < $3)
       and ($4::uuid[] is null or tenant_id = any($4))
     order by received_at desc, tenant_id, integration_id, id limit $5`,
    [tenantId, type, before, tenants, limit],
  );
}
