import { createHmac } from 'node:crypto';
import type { Api } from './api.js';
import { FORBIDDEN } from './leak-stage.js';
import type { Tenant } from './tenant.js';

export const WEBHOOK_MARKERS: Readonly<Record<number, string>> = {
  9101: "a webhook's unknown key",
  9102: "the value under a webhook's unknown key",
  9103: "a changed model's extra field",
  9104: "a webhook's unknown type",
  9105: 'the body of a webhook that is no JSON',
  9106: 'the body of a webhook with a wrong signature',
  9107: "a webhook's header",
  9108: "an integration's end user in a webhook",
  9109: "an integration's unknown state in a webhook",
};

const marker = (number: number) => FORBIDDEN.marker(number);

/** Webhooks, signed and not, understood and not, with markers wherever Kombo may put what we do not read. */
export async function sendWebhooks(api: Api, tenant: Tenant): Promise<void> {
  for (const body of signedBodies(tenant)) await send(api, typeof body === 'string' ? body : JSON.stringify(body), 'kombo-sim-secret', 200);
  const forged = { id: 'w9', type: 'data-changed', data: { integration_id: tenant.sourceId, note: marker(9106) } };
  await send(api, JSON.stringify(forged), 'a wrong secret', 401);
}

function signedBodies({ sourceId: komboId, id }: Tenant): (object | string)[] {
  const extra = { [marker(9101)]: marker(9102) };
  const endUser = { organization_name: marker(9108), creator_email: marker(9108), origin_id: id };
  const data = { integration_id: komboId, integration_tool: marker(9103), integration_category: 'ATS', end_user: endUser, ...extra };
  const models = [{ name: 'ats_candidates', preview: marker(9103) }, { name: marker(9103) }];
  const state = { updated_at: '2026-06-01T00:00:00Z', state: marker(9109), setup_status: marker(9109), qa_status: marker(9109) };
  return [
    { id: 'w1', type: 'data-changed', data: { ...data, changed_models: models }, ...extra },
    { id: 'w2', type: 'sync-finished', data: { ...data, sync_state: 'SUCCEEDED', log_url: marker(9102) } },
    { id: 'w3', type: marker(9104), data },
    { id: 'w4', type: 'integration-created', data: { id: komboId, category: 'ATS', ...data } },
    { id: 'w5', type: 'integration-state-changed', data: { ...data, ...state } },
    { id: 'w6', type: 'connection-flow-failed', data: { ...data, log_url: marker(9102) } },
    marker(9105),
  ];
}

async function send(api: Api, body: string, secret: string, status: number): Promise<void> {
  const signature = createHmac('sha256', secret).update(body).digest('base64url');
  const answer = await api.as(null).post('/webhooks/kombo', body, { 'x-kombo-signature': signature, 'x-forwarded-for': marker(9107) });
  if (answer.status !== status) throw new Error(`a webhook was answered ${answer.status}, not ${status}`);
}
