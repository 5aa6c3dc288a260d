import { StartedSandbox } from '../sandbox-under-spec.js';

const RESOURCES = ['jobs', 'users', 'candidates', 'applications'];

/** What a reader has to understand: no text of it may be changed. */
const BARE = /^(id|remote_id|candidate_id|job_id|current_stage_id|remote_(created|updated|deleted)_at)$/;

describe('markers', () => {
  let sandbox: StartedSandbox;
  let integrationId: string;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    integrationId = await sandbox.integration({ candidates: 60, jobs: 12, users: 9, canary: 'Zq7c', admittedCanary: 'Yk3s' });
  });
  afterAll(() => sandbox.close());

  const places = async (): Promise<Record<string, string>> =>
    (await sandbox.control('GET', `/integrations/${integrationId}/markers`)).places;
  const numbersIn = (text: string) => [...text.matchAll(/(?:Zq7c|Yk3s)(\d{4})x/g)].map(([, digits]) => Number(digits));

  it.each(RESOURCES)('of %s tell which field each stands for', async (resource) => {
    const rows = await sandbox.all(integrationId, `/ats/${resource}`);
    const numbers = new Set(numbersIn(JSON.stringify(rows)));
    const known = await places();

    expect(numbers.size).toBeGreaterThan(5);
    for (const number of numbers) expect(known[number]).toContain(`${resource.slice(0, -1)}.`);
  });

  it('stand in numbers and in free keys, and leave what a reader needs as it is', async () => {
    const [candidate = {}] = await sandbox.all(integrationId, '/ats/candidates');
    const known = await places();
    const [key = ''] = Object.keys(candidate['custom_fields']);
    const [salary] = /73047304\d+/.exec(JSON.stringify(candidate['remote_data'])) ?? [];

    expect(known[numbersIn(key)[0] ?? 0]).toMatch(/^candidate\.custom_fields\..*\(the key\)$/);
    expect(known[Number(salary) - 730_473_040_000_000]).toMatch(/^candidate\.remote_data\./);
    for (const [name, value] of Object.entries(candidate)) if (BARE.test(name)) expect(String(value)).not.toMatch(/Zq7c|Yk3s/);
  });
});
