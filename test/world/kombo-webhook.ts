import { createHmac, randomBytes } from 'node:crypto';

/** An id as Kombo's: 24 characters of base58. */
export const komboId = (): string => randomBytes(12).toString('hex').replaceAll('0', 'z');

export interface KomboWebhook {
  readonly id?: string;
  readonly type: string;
  readonly data: object;
}

interface Sending {
  readonly secret?: string;
  /** Instead of the right one; null for none. */
  readonly signature?: string | null;
  readonly pretty?: boolean;
}

/** Sends a webhook to a gateway as Kombo would. Resolves to the status of the answer. */
export async function sendWebhook(gatewayUrl: string, webhook: KomboWebhook, sending: Sending = {}): Promise<number> {
  return sendRaw(gatewayUrl, JSON.stringify({ id: komboId(), ...webhook }, null, sending.pretty === true ? 2 : 0), sending);
}

/** The same for any bytes. */
export async function sendRaw(gatewayUrl: string, body: string, { secret = 'kombo-sim-secret', signature }: Sending = {}): Promise<number> {
  const signed = signature === undefined ? createHmac('sha256', secret).update(body).digest('base64url') : signature;
  const response = await fetch(`${gatewayUrl}/webhooks/kombo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signed === null ? {} : { 'x-kombo-signature': signed }) },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

/** `data-changed` of an integration, for these models of Kombo's. */
export const dataChanged = (integrationId: string, ...models: readonly string[]): KomboWebhook => ({
  type: 'data-changed',
  data: {
    integration_id: integrationId,
    integration_tool: 'sandbox',
    integration_category: 'ATS',
    changed_models: models.map((name) => ({ name })),
  },
});

/** `integration-state-changed`; sound unless told otherwise. */
export const stateChanged = (integrationId: string, updatedAt: string, states: object = {}): KomboWebhook => ({
  type: 'integration-state-changed',
  data: {
    integration_tool: 'sandbox',
    integration_id: integrationId,
    integration_category: 'ATS',
    end_user: { organization_name: 'Acme', creator_email: null, origin_id: null },
    qa_status: 'PASSED',
    setup_status: 'COMPLETED',
    state: 'ACTIVE',
    updated_at: updatedAt,
    ...states,
  },
});
