import type { Api } from './api.js';
import { APPLICATION, CANDIDATE, JOB, USER } from './partner-tenant.js';
import { CONTENT, resultPath } from './results.js';
import { ok, until, type Tenant } from './tenant.js';

/** What the partner API's paths name, once `sendAndOrder` was there. */
export const SENT = { jobs: 'j-1', users: 'u-1', candidates: 'c-1', applications: 'a-1', orders: 'o-1' };

/** A record of each resource, and an order. */
export async function sendAndOrder(partner: Api): Promise<void> {
  for (const [path, body] of [
    ['jobs/j-1', JOB],
    ['users/u-1', USER],
    ['candidates/c-1', CANDIDATE],
    ['applications/a-1', APPLICATION],
  ] as const)
    ok(await partner.put(`/partner/v1/${path}`, body));
  ok(await partner.post('/partner/v1/orders', { orderId: 'o-1', packageId: 'role-fit', applicationId: 'a-1' }));
}

/** An order of the tenant's, and a result of its first application. */
export async function deliverAndOrder(api: Api, control: Api, tenant: Tenant): Promise<void> {
  const { assessmentIntegrationId } = ok(await tenant.atSource('post', '/assessment')).body;
  // Before it is looked for: the next look is a minute later.
  ok(await control.post(`/assessments/${assessmentIntegrationId}/orders`, { application: 3, package: 'logic' }));
  const settings = { komboAssessmentIntegrationId: assessmentIntegrationId };
  ok(await api.patch(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`, { settings }));
  await tenant.settled();
  await until(async () => ((await api.all(`/v1/tenants/${tenant.id}/orders`)).length > 0 ? true : null));
  const [application] = await tenant.records('applications');
  ok(await api.put(resultPath(tenant, application.id), CONTENT));
}
