import { StartedSandbox, type Parsed } from '../sandbox-under-spec.js';

describe('faults', () => {
  let sandbox: StartedSandbox;
  let integrationId: string;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    integrationId = await sandbox.integration({ candidates: 300, jobs: 6 });
  });
  afterAll(() => sandbox.close());
  afterEach(() => sandbox.control('DELETE', '/faults'));

  const fault = (body: Record<string, unknown>) => sandbox.control('POST', '/faults', { path: '/ats/candidates', ...body });
  const headers = () => ({ authorization: 'Bearer kombo-sandbox-key', 'x-integration-id': integrationId });
  const raw = () => fetch(`${sandbox.komboUrl}/ats/candidates?page_size=10`, { headers: headers() });
  const page = async (query = '?page_size=10') => (await sandbox.kombo(integrationId, `/ats/candidates${query}`)).body.data;

  it.each([
    [{ code: 'REMOTE.SERVICE_UNAVAILABLE' }, 503, 'REMOTE.SERVICE_UNAVAILABLE'],
    [{ code: 'BRAND.NEW', status: 418 }, 418, 'BRAND.NEW'],
    [{ code: null, status: 502 }, 502, null],
  ])('answer the next requests with %j, then no more', async (error, status, code) => {
    await fault({ kind: 'error', times: 2, headers: { 'Retry-After': '7' }, ...error });
    for (const _ of [1, 2]) {
      const reply = await sandbox.kombo(integrationId, '/ats/candidates');
      expect(reply).toMatchObject({ status, body: { status: 'error', error: { code, log_url: null } } });
      expect(reply.headers.get('retry-after')).toBe('7');
    }
    expect((await sandbox.kombo(integrationId, '/ats/candidates')).status).toBe(200);
  });

  it('can wait for a later request, and spare other paths and integrations', async () => {
    await fault({ kind: 'error', code: 'PLATFORM.UNKNOWN_ERROR', skip: 1, integrationId });
    const other = await sandbox.integration({ candidates: 1 });
    const statuses = [other, integrationId, integrationId, integrationId].map(
      async (id) => (await sandbox.kombo(id, '/ats/candidates')).status,
    );
    expect((await Promise.all(statuses)).filter((status) => status === 500)).toHaveLength(1);
    expect((await sandbox.kombo(integrationId, '/ats/jobs')).status).toBe(200);
  });

  it('answer with HTML as a load balancer does', async () => {
    await fault({ kind: 'html' });
    const reply = await raw();
    expect([reply.status, reply.headers.get('content-type')]).toEqual([503, 'text/html']);
    expect(await reply.text()).toContain('<html>');
  });

  it('hang up before or in the middle of an answer', async () => {
    await fault({ kind: 'drop' });
    await expect(raw()).rejects.toThrow('fetch failed');
    await fault({ kind: 'cut' });
    await expect(raw().then((reply) => reply.text())).rejects.toThrow('terminated');
  });

  it('break the JSON', async () => {
    await fault({ kind: 'broken-json' });
    const reply = await raw();
    expect(reply.status).toBe(200);
    await expect(reply.json()).rejects.toThrow('JSON');
  });

  it('swell the body', async () => {
    await fault({ kind: 'huge', bytes: 20_000_000 });
    expect((await (await raw()).text()).length).toBeGreaterThanOrEqual(20_000_000);
  });

  it('delay', async () => {
    await fault({ kind: 'latency', ms: 300 });
    const start = performance.now();
    await raw();
    expect(performance.now() - start).toBeGreaterThanOrEqual(290);
  });

  it('repeat a cursor', async () => {
    const first = await page();
    await fault({ kind: 'loop', times: null });
    const query = `?page_size=10&cursor=${first.next}`;
    expect((await page(query)).next).toBe(first.next);
  });

  it.each([
    [
      'wrong-types',
      (record: Parsed) => expect([typeof record.id, typeof record.first_name, record.tags]).toEqual(['string', 'object', 'unexpected']),
    ],
    ['missing-id', (record: Parsed) => expect(Object.hasOwn(record, 'id')).toBe(false)],
    ['bad-id', (record: Parsed) => expect(record.id).toBe("1' OR '1'='1")],
    ['not-an-object', (record: Parsed) => expect(typeof record).toBe('string')],
    ['null', (record: Parsed) => expect(record).toBeNull()],
    ['nul-character', (record: Parsed) => expect(record.last_name).toContain('\u0000')],
    ['lone-surrogate', (record: Parsed) => expect(record.last_name.endsWith('\ud800')).toBe(true)],
    ['prototype-key', (record: Parsed) => expect(Object.hasOwn(record, '__proto__')).toBe(true)],
    ['too-large', (record: Parsed) => expect(record.last_name).toHaveLength(2_000_000)],
    ['too-deep', (record: Parsed) => expect(JSON.stringify(record.custom_fields)).toContain('['.repeat(2_000))],
  ])('make one named record %s and leave its neighbours alone', async (as, check) => {
    const whole = await page();
    await fault({ kind: 'malformed', as, integrationId, record: whole.results[4].id });
    const spoiled = await page();
    check(spoiled.results[4]);
    expect(spoiled.results.toSpliced(4, 1)).toEqual(whole.results.toSpliced(4, 1));
  });

  it('add keys that nobody has published', async () => {
    await fault({ kind: 'unknown-keys' });
    const [record] = (await page()).results;
    expect(record).toMatchObject({
      brand_new_field: 'new',
      brand_new_object: { mobile: '+46701234567' },
      location: { brand_new_field: 'new' },
    });
  });

  it('put unknown values into enumerations', async () => {
    await sandbox.control('POST', '/faults', { kind: 'unknown-enums', path: '/ats/jobs' });
    const [job] = await sandbox.all(integrationId, '/ats/jobs');
    expect(job).toMatchObject({ status: 'BRAND_NEW', visibility: 'BRAND_NEW', employment_type: 'BRAND_NEW' });
  });
});
