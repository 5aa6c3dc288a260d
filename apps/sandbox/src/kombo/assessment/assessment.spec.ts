import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Kombo } from '../../../../../node_modules/@kombo-api/sdk/esm/index.js';
import { assessmentOrderReceivedWebhookPayloadFromJSON } from '../../../../../node_modules/@kombo-api/sdk/esm/models/assessmentorderreceivedwebhookpayload.js';
import { StartedSandbox } from '../../sandbox-under-spec.js';

/** Through Kombo's own client, version 1.1.3 (2026-05-12), which refuses a shape that is not Kombo's. */
describe('assessment orders', () => {
  let sandbox: StartedSandbox;
  let connection: string;
  let kombo: Kombo;

  const order = (body: object) => sandbox.control('POST', `/assessments/${connection}/orders`, { package: 'logic', ...body });
  const COMPLETED = {
    status: 'COMPLETED',
    result_url: 'https://reports.alva.example/r/1',
    completed_at: new Date('2026-11-22T10:00:00Z'),
  } as const;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    const integrationId = await sandbox.integration({ candidates: 20, jobs: 4, canary: 'kanarie' });
    connection = (await sandbox.control('POST', `/integrations/${integrationId}/assessment`)).assessmentIntegrationId;
    kombo = new Kombo({ api_key: 'kombo-sandbox-key', integration_id: connection, server_url: sandbox.komboUrl });
  });
  afterAll(() => sandbox.close());

  it('are of packages that were set, each time all of them', async () => {
    const logic = { id: 'logic', type: 'SKILLS_TEST', name: 'Logic', description: 'Adaptive logic test' } as const;
    await kombo.assessment.setPackages({ packages: [logic, { ...logic, id: 'coding' }] });
    await kombo.assessment.setPackages({ packages: [logic] });
    expect((await kombo.assessment.getPackages()).data.packages.map(({ id }) => id)).toEqual(['logic']);
  });

  it('are listed by status and id, over pages, with more of the person than anybody needs', async () => {
    for (const application of [1, 2, 3]) await order({ application, webhook: false });
    const found: { id: string; phone: string | null }[] = [];
    for await (const page of await kombo.assessment.getAssessmentOrders({ statuses: ['OPEN'], page_size: 2 }))
      found.push(...page.result.data.results.map(({ id, candidate }) => ({ id, phone: candidate.phone })));
    expect(found).toHaveLength(3);
    expect(found.every(({ phone }) => phone?.includes('kanarie') === true)).toBe(true);
    const [first] = found;
    const [only, ...others] = (await kombo.assessment.getAssessmentOrders({ ids: [first?.id ?? ''] })).result.data.results;
    expect([only?.id, others]).toEqual([first?.id, []]);
  });

  it('take results while they are open, and another end no more', async () => {
    const { orderId: assessment_order_id } = await order({ application: 4, webhook: false });
    const body = { ...COMPLETED, score: 82, max_score: 99, attributes: [{ type: 'TEXT', label: 'Summary', value: 'Good' } as const] };
    const answer = await kombo.assessment.updateOrderResult({ assessment_order_id, body });
    expect(answer).toMatchObject({ data: {}, warnings: [] });
    await expect(
      kombo.assessment.updateOrderResult({ assessment_order_id, body: { ...COMPLETED, status: 'CANCELLED' } }),
    ).rejects.toMatchObject({ statusCode: 400 });
    const { orders } = await sandbox.control('GET', `/assessments/${connection}`);
    expect(orders.find(({ id }: { id: string }) => id === assessment_order_id)).toMatchObject({
      status: 'COMPLETED',
      results: [{ score: 82 }],
    });
  });

  it('are told of as Kombo tells, and rejected by whoever answers 422', async () => {
    const told: string[] = [];
    const receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push(body);
        response.writeHead(422, { 'content-type': 'application/json' }).end('{"message":"Not offered"}');
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    await sandbox.control('PUT', '/webhooks', { url: `http://127.0.0.1:${port}` });
    expect(await order({ application: 5 })).toMatchObject({ status: 'REJECTED', webhookStatus: 422 });
    receiver.close();
    const parsed = assessmentOrderReceivedWebhookPayloadFromJSON(told[0] ?? '');
    expect(parsed.ok ? null : parsed.error.message).toBeNull();
  });
});
