import { StartedSandbox, type Row } from '../sandbox-under-spec.js';

describe('lists', () => {
  let sandbox: StartedSandbox;
  let integrationId: string;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    integrationId = await sandbox.integration({ candidates: 400, jobs: 60, users: 9 });
  });
  afterAll(() => sandbox.close());

  const list = (path: string) => sandbox.kombo(integrationId, path);
  const refused = { status: 'error', error: { code: 'PLATFORM.INPUT_INVALID', title: expect.any(String), message: expect.any(String) } };

  it('go on from a cursor in the middle', async () => {
    const first = (await list('/ats/candidates?page_size=150')).body.data;
    const rest = (await list(`/ats/candidates?page_size=250&cursor=${first.next}`)).body.data;
    expect([...first.results, ...rest.results]).toEqual(await sandbox.all(integrationId, '/ats/candidates'));
    expect(rest.next).toBeNull();
  });

  it.each([
    ['altered', (cursor: string) => cursor.slice(0, -2) + (cursor.endsWith('AA') ? 'BB' : 'AA'), '/ats/candidates?page_size=10'],
    ['shortened', (cursor: string) => cursor.slice(0, -4), '/ats/candidates?page_size=10'],
    ['made up', () => 'WzEsMl0', '/ats/candidates?page_size=10'],
    ['of another endpoint', (cursor: string) => cursor, '/ats/users?page_size=10'],
    ['sent without its filters', (cursor: string) => cursor, '/ats/candidates?page_size=10&include_deleted=true'],
  ])('refuse a cursor that is %s', async (_, alter, path) => {
    const { next } = (await list('/ats/candidates?page_size=10')).body.data;
    const reply = await list(`${path}&cursor=${alter(next)}`);
    expect(reply).toMatchObject({ status: 400, body: refused });
  });

  it("refuse another integration's cursor", async () => {
    const other = await sandbox.integration({ candidates: 400, jobs: 60, users: 9 });
    const { next } = (await sandbox.kombo(other, '/ats/candidates?page_size=10')).body.data;
    expect(await list(`/ats/candidates?page_size=10&cursor=${next}`)).toMatchObject({ status: 400, body: refused });
  });

  it.each([
    'page_size=0',
    'page_size=251',
    'page_size=ten',
    'page_size=1.5',
    'updated_after=2026-01-01T00:00:00%2B02:00',
    'updated_after=yesterday',
    'updated_after=2026-13-40',
    'ids=',
    'ids=a,,b',
    'include_deleted=yes',
    'updatedAfter=2026-01-01',
    'page_size=10&page_size=20',
    'email=a@example.org',
  ])('refuse ?%s', async (query) => {
    expect(await list(`/ats/jobs?${query}`)).toMatchObject({ status: 400, body: refused });
  });

  const wanted = (rows: Row[], test: (row: Row) => boolean) => rows.filter(test).map(({ id }) => id);

  it.each([
    ['jobs', 'statuses=CLOSED,DRAFT', (job: Row) => ['CLOSED', 'DRAFT'].includes(job['status'])],
    ['jobs', 'visibilities=CONFIDENTIAL', (job: Row) => job['visibility'] === 'CONFIDENTIAL'],
    ['jobs', 'statuses=OPEN&visibilities=INTERNAL', (job: Row) => job['status'] === 'OPEN' && job['visibility'] === 'INTERNAL'],
    ['jobs', 'name_contains=jurist', (job: Row) => job['name']?.toLowerCase().includes('jurist') ?? false],
    ['jobs', 'remote_created_after=2025-01-01', (job: Row) => job['remote_created_at'] >= '2025-01-01'],
    ['jobs', 'updated_after=2025-06-01', (job: Row) => job['changed_at'] >= '2025-06-01'],
    ['applications', 'outcomes=HIRED,DECLINED', (row: Row) => ['HIRED', 'DECLINED'].includes(row['outcome'])],
    ['applications', 'remote_created_after=2025-06-01T00:00:00Z', (row: Row) => row['remote_created_at'] >= '2025-06-01'],
    ['applications', 'job_remote_ids=100001,100002', (row: Row) => ['100001', '100002'].includes(row['job']?.remote_id)],
    ['candidates', 'first_name=ZO%C3%8B', (row: Row) => row['first_name'] === 'Zoë'],
    ['candidates', 'last_name=lindstr%C3%B6m', (row: Row) => row['last_name'] === 'Lindström'],
    ['candidates', 'remote_ids=4000003,4000009', (row: Row) => ['4000003', '4000009'].includes(row['remote_id'])],
  ])('of %s filter by %s', async (resource, query, test) => {
    const expected = wanted(await sandbox.all(integrationId, `/ats/${resource}`), test);
    const filtered = (await sandbox.all(integrationId, `/ats/${resource}?page_size=7&${query}`)).map(({ id }) => id);
    expect(filtered).toEqual(expected);
    expect(filtered.length).toBeGreaterThan(0);
  });

  it('find by ids, jobs, stages and addresses that other lists gave', async () => {
    const applications = await sandbox.all(integrationId, '/ats/applications');
    const [one] = applications.filter((row) => row['candidate'].email_addresses.length > 0 && row['current_stage_id'] !== null);
    const { candidate_id: candidate, job_id: job, current_stage_id: stage } = one ?? {};
    const email = one?.['candidate'].email_addresses[0].email_address.toUpperCase();
    const ids = async (path: string) => (await sandbox.all(integrationId, path)).map(({ id }) => id);
    expect(await ids(`/ats/candidates?ids=${candidate}`)).toEqual([candidate]);
    expect(await ids(`/ats/candidates?email=${encodeURIComponent(email)}`)).toContain(candidate);
    expect(await ids(`/ats/candidates?job_ids=${job}`)).toContain(candidate);
    expect(await ids(`/ats/applications?job_ids=${job}`)).toEqual(wanted(applications, (row) => row['job_id'] === job));
    expect(await ids(`/ats/applications?current_stage_ids=${stage}`)).toEqual(
      wanted(applications, (row) => row['current_stage_id'] === stage),
    );
    expect(await ids('/ats/jobs?ids=222k7eCGyUdgt2JWZDNnkDs3')).toEqual([]);
  });

  it('are empty for a filter that the ATS cannot serve, unless it is to be ignored', async () => {
    const id = await sandbox.integration({ candidates: 10, jobs: 4, unsupportedFilters: ['visibilities'] });
    expect(await sandbox.all(id, '/ats/jobs?visibilities=PUBLIC')).toEqual([]);
    expect(await sandbox.all(id, '/ats/jobs?visibilities=PUBLIC&ignore_unsupported_filters=true')).toHaveLength(4);
  });

  it('hold only records made through Kombo while the dashboard switch says so', async () => {
    const id = await sandbox.integration({ candidates: 10, onlyCreatedApplications: true });
    expect(await sandbox.all(id, '/ats/candidates')).toEqual([]);
    expect(await sandbox.all(id, '/ats/applications')).toEqual([]);
    expect(await sandbox.all(id, '/ats/jobs')).toHaveLength(3);
  });
});
