import type { Api } from './api.js';
import { CALLERS } from './leak-stage.js';
import { partnerTenant } from './partner-tenant.js';
import { CONTENT, resultIn, resultPath } from './results.js';
import { ok, until, type Tenant } from './tenant.js';

const marker = (number: number): string => CALLERS.marker(number);

/** The way out: results that hold too much, refusals of the ATS that quote what they got, orders that tell more than we may hold, and a partner's pushes. */
export async function sendOutward(api: Api, control: Api, tenant: Tenant): Promise<void> {
  const [first, second] = await tenant.records('applications');
  await refuseFullResults(api, resultPath(tenant, first.id));
  const path = resultPath(tenant, first.id);
  ok(await api.put(path, CONTENT));
  await resultIn(api, path, ['delivered']);
  ok(await control.post('/faults', { path: '/ats/applications/*/result-links', kind: 'error', code: 'REMOTE.INPUT_INVALID', times: 1 }));
  const refused = resultPath(tenant, second.id);
  ok(await api.put(refused, CONTENT));
  await resultIn(api, refused, ['rejected']);
  for (const list of ['', '?state=rejected']) await api.get(`/platform/v1/results${list}`);
  await orderOne(api, control, tenant);
  await pushTooMuch(api);
}

async function refuseFullResults(api: Api, path: string): Promise<void> {
  const [score] = CONTENT.scores;
  for (const body of [
    { ...CONTENT, answers: [{ question: marker(20), answer: marker(21) }] },
    { ...CONTENT, scores: [{ ...score, facets: [marker(23)] }] },
    { ...CONTENT, summary: marker(24).repeat(100) },
    { ...CONTENT, reportUrl: `https://${marker(25)}.example/${marker(26)}` },
    { ...CONTENT, roleFit: marker(27) },
  ])
    if ((await api.put(path, body)).status !== 400) throw new Error('a full result was not refused');
}

/** What an order tells of the person beyond ids (the telephone, the job's description) carries the source's canary. */
async function orderOne(api: Api, control: Api, tenant: Tenant): Promise<void> {
  const { assessmentIntegrationId } = ok(await tenant.atSource('post', '/assessment')).body;
  // Before it is looked for: the next look is a minute later.
  ok(await control.post(`/assessments/${assessmentIntegrationId}/orders`, { application: 3, package: 'logic' }));
  // What was found out so far is shown once: a second account makes it void.
  await api.get(`/platform/v1/tenants/${tenant.id}/integrations`);
  const settings = { komboAssessmentIntegrationId: assessmentIntegrationId };
  ok(await api.patch(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`, { settings }));
  await tenant.settled();
  await until(async () => ((await api.get(`/v1/tenants/${tenant.id}/orders`)).body.data.length > 0 ? true : null));
}

async function pushTooMuch(api: Api): Promise<void> {
  const { partner } = await partnerTenant(api);
  await partner.put('/partner/v1/candidates/c-1', { firstName: 'Nils', phone: marker(30) });
  await partner.put('/partner/v1/jobs/j-1', { name: 'Engineer', salary: marker(31), location: { street: marker(32) } });
  const { body } = ok(
    await partner.post('/partner/v1/batch', {
      items: [
        { resource: 'candidate', remoteId: 'c-2', record: { firstName: 'Eva', notes: [marker(33)] } },
        { resource: marker(34), remoteId: 'x', record: {} },
      ],
    }),
  );
  if (body.items.some(({ outcome }: { outcome: string }) => outcome !== 'refused')) throw new Error('too much was taken in');
}
