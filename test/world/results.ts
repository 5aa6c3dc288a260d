import type { GatewayClient, Result } from '#libs/client';
import type { Answer, Api } from './api.js';
import { until, type Tenant } from './tenant.js';

export const CONTENT = {
  completedAt: '2026-11-22T10:00:00Z',
  roleFit: 82,
  matchPercent: 64,
  scores: [{ name: 'logic', label: 'Logic', value: 7, min: 1, max: 10 }],
  summary: 'Works well with numbers',
  reportUrl: 'https://reports.alva.example/r/1',
};

export const resultPath = (tenant: Tenant, applicationId: string, key = 'role-fit') =>
  `/v1/tenants/${tenant.id}/applications/${applicationId}/results/${key}`;

/** Waits until a result is in one of the states. */
export function resultIn(
  api: Api,
  path: string,
  states: readonly string[],
  timeoutMs = 30_000,
): Promise<Answer<ReturnType<typeof JSON.parse>>['body']> {
  return until(async () => {
    const { body } = await api.get(path);
    return states.includes(body.state) ? body : null;
  }, timeoutMs);
}

/** Waits until a result has been delivered, as a service would. */
export const delivered = (client: GatewayClient, path: Parameters<GatewayClient['result']>[0]): Promise<Result> =>
  until(async () => {
    const result = await client.result(path);
    return result.state === 'delivered' ? result : null;
  });

/** What was done at the ATS through Kombo, refusals left out. */
export async function doneThroughKombo(tenant: Tenant, control: Api) {
  const { body } = await control.get(`/integrations/${tenant.sourceId}/actions`);
  return body.actions.filter(({ refusal }: { refusal: string | null }) => refusal === null);
}

/** What was written through an ATS's own API. */
export async function writtenAt(tenant: Tenant, control: Api) {
  return (await control.get(`/accounts/${tenant.sourceId}/written`)).body.written;
}
