import { RESOURCES } from '#libs/model';
import { errorOf, json, raw, type Answer } from '../http/source.for-spec.js';
import { API_TOKEN, grantToRead } from './call.for-spec.js';
import { check } from './check.js';
import { firstOf, fixtureOf } from './fixtures.for-spec.js';
import { recruitee } from './index.js';
import { byPath, listOf, NOT_FOUND, sourceWith } from './list.for-spec.js';

const { user, job, application } = recruitee.ports.read;
const grant = grantToRead();
const DETAIL = json(200, fixtureOf('job').detail);
const pool = (id: number) => json(200, { offer: { id, kind: 'talent_pool', pipeline_template: { stages: [] } } });

test('users come in one answer, asked for with the token', async () => {
  const { call, asked, requests } = await sourceWith(json(200, fixtureOf('user').answer));
  expect(await user.page(call, { grant })).toMatchObject({ records: [{ externalId: '901' }], next: null });
  expect(asked()).toEqual(['admins']);
  expect(requests[0]?.headers.authorization).toBe(`Bearer ${API_TOKEN}`);
});

describe('jobs', () => {
  const offers = listOf('offers', fixtureOf('job').answer['offers'] ?? []);

  it('come in all states, with the stages of their details and without talent pools', async () => {
    const { call, asked } = await sourceWith(byPath({ offers, 'offers/501': DETAIL }));
    const page = await job.page(call, { grant });
    expect(asked()).toEqual(['offers?limit=20&offset=0', 'offers/501']);
    expect(page.records).toMatchObject([
      { externalId: '501', fields: { stages: [{ externalId: '71' }, { externalId: '72' }], hiringTeam: ['901', '902', '903'] } },
    ]);
    expect(page.next).toBe('["2","501 502"]');
    expect(JSON.stringify([page.records, [...page.dropped]])).not.toContain('FORBIDDEN');
  });

  it('cost one detail each, whatever of the list is asked for again', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...firstOf('job'), id: 600 + index }));
    const details = Object.fromEntries(many.map(({ id }) => [`offers/${id}`, json(200, { offer: { id } })]));
    const { call, asked } = await sourceWith(byPath({ offers: listOf('offers', many), ...details }));
    for (let cursor: string | null = ''; cursor !== null;)
      cursor = (await job.page(call, { grant, ...(cursor === '' ? {} : { cursor }) })).next;
    expect(asked().filter((url) => url.startsWith('offers?'))).toEqual([
      'offers?limit=20&offset=0',
      'offers?limit=30&offset=10',
      'offers?limit=30&offset=20',
    ]);
    expect(asked().filter((url) => url.startsWith('offers/'))).toEqual(many.map(({ id }) => `offers/${id}`));
  });

  it('without leave for their stages are not asked for in detail', async () => {
    const { call, asked } = await sourceWith(byPath({ offers }));
    expect((await job.page(call, { grant: grantToRead(RESOURCES, { job: ['stages'] }) })).records).toHaveLength(1);
    expect(asked()).toEqual(['offers?limit=20&offset=0']);
  });

  it.each<[string, Answer]>([
    ['is gone meanwhile', NOT_FOUND],
    ['has no pipeline', json(200, { offer: { id: 501, pipeline_template: null } })],
  ])('have no stages where the detail %s', async (_, detail) => {
    const { call } = await sourceWith(byPath({ offers, 'offers/501': detail }));
    expect(await job.page(call, { grant })).toMatchObject({ records: [{ externalId: '501', fields: { stages: [] } }], setAside: [] });
  });

  it('take a detail that is not wrapped', async () => {
    const { call } = await sourceWith(byPath({ offers, 'offers/501': json(200, fixtureOf('job').detail.offer) }));
    expect((await job.page(call, { grant })).records[0]?.fields.stages).toHaveLength(2);
  });

  it.each([[[]], ['offer'], [{}], [{ offer: [] }], [{ offer: {} }]])(
    'are not held without their stages where the detail is %j',
    async (body) => {
      const { call } = await sourceWith(byPath({ offers, 'offers/501': json(200, body) }));
      expect(await errorOf(job.page(call, { grant }))).toMatchObject({ kind: 'remote-invalid-response' });
    },
  );

  it.each(['..', 'a/b', 'a%2fb', 'x?y'])('whose id is %j are not asked for in detail', async (id) => {
    const { call, asked } = await sourceWith(byPath({ offers: listOf('offers', [{ id }]) }));
    expect(await job.page(call, { grant })).toMatchObject({ records: [{ externalId: id, fields: { stages: [] } }] });
    expect(asked()).toHaveLength(1);
  });
});

describe('applications', () => {
  const candidates = listOf('candidates', fixtureOf('application').answer['candidates'] ?? []);

  it('are the placements of candidates, named by the stages of their offers, without those in talent pools', async () => {
    const { call, asked } = await sourceWith(byPath({ candidates, 'offers/501': DETAIL, 'offers/502': pool(502) }));
    const page = await application.page(call, { grant });
    expect(asked()).toEqual(['candidates?limit=25&offset=0', 'offers/501', 'offers/502']);
    expect(page.records).toMatchObject([
      { externalId: '801', fields: { candidateId: '301', jobId: '501', stageId: '72', stageName: 'Alva test' } },
    ]);
    expect(JSON.stringify([page.records, [...page.dropped]])).not.toContain('FORBIDDEN');
  });

  it('keep their job and stage, and no name of it, where their offer is gone', async () => {
    const { call } = await sourceWith(byPath({ candidates }));
    const { records } = await application.page(call, { grant });
    expect(records.map(({ fields }) => [fields.jobId, fields.stageId, fields.stageName])).toEqual([
      ['501', '72', null],
      ['502', '91', null],
    ]);
  });

  it.each([
    [null, null, 0],
    [501, 99, 1],
    [501, null, 1],
    ['a/b', 72, 0],
  ])('in the offer %j and the stage %j have no name of a stage', async (offer_id, stage_id, details) => {
    const placed = listOf('candidates', [{ id: 1, placements: [{ id: 2, offer_id, stage_id }] }]);
    const { call, asked } = await sourceWith(byPath({ candidates: placed, 'offers/501': DETAIL }));
    expect((await application.page(call, { grant })).records[0]?.fields).toMatchObject({ candidateId: '1', stageName: null });
    expect(asked()).toHaveLength(1 + details);
  });

  it('are taken of as many candidates at once as are in twenty offers, and of the others next', async () => {
    const placed = Array.from({ length: 25 }, (_, index) => ({
      id: index + 1,
      placements: [index, index + 25].map((n) => ({ id: 100 + n, offer_id: 1_000 + n, stage_id: 72 })),
    }));
    const { call, asked } = await sourceWith(byPath({ candidates: listOf('candidates', placed) }));
    const pages: [number, number][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const before = asked().length;
      const page = await application.page(call, { grant, ...(cursor === '' ? {} : { cursor }) });
      pages.push([page.records.length, asked().length - before - 1]);
      cursor = page.next;
    }
    expect(pages).toEqual([
      [20, 20],
      [20, 20],
      [10, 10],
      [0, 0],
    ]);
  });

  it('of one candidate in more than twenty offers are all taken, with twenty details', async () => {
    const placements = Array.from({ length: 30 }, (_, index) => ({ id: index, offer_id: 1_000 + index }));
    const { call, asked } = await sourceWith(byPath({ candidates: listOf('candidates', [{ id: 1, placements }]) }));
    expect((await application.page(call, { grant })).records).toHaveLength(30);
    expect(asked()).toHaveLength(1 + 20);
  });
});

describe('nothing is asked', () => {
  it.each(RESOURCES)('for a resource that is not granted, or for jobs, as none narrows by them (%s)', async (resource) => {
    const { call, requests } = await sourceWith(NOT_FOUND);
    const reader = recruitee.ports.read[resource];
    const others = grantToRead(RESOURCES.filter((other) => other !== resource));
    expect(await errorOf(reader.page(call, { grant: others }))).toMatchObject({ kind: 'consent-does-not-cover' });
    expect(await errorOf(reader.page(call, { grant, jobs: ['501'] }))).toMatchObject({ kind: 'unsupported' });
    expect(requests).toHaveLength(0);
  });

  it('without a token', async () => {
    const { call, requests } = await sourceWith(NOT_FOUND);
    expect(await errorOf(user.page({ ...call, credentials: {} }, { grant }))).toMatchObject({ kind: 'config-invalid' });
    expect(requests).toHaveLength(0);
  });
});

describe('a check', () => {
  it('asks for one offer and says that the company is connected', async () => {
    const { call, asked } = await sourceWith(json(200, fixtureOf('job').answer));
    expect(await check(call)).toEqual({ code: 'CONNECTED', drift: null });
    expect(asked()).toEqual(['offers?limit=1&offset=0']);
  });

  it.each([
    [401, 'LOGIN_REFUSED'],
    [403, 'RIGHTS_MISSING'],
    [404, 'ACCOUNT_UNKNOWN'],
  ])('that is answered with %d says %s', async (status, code) => {
    const { call } = await sourceWith(json(status, { error: 'SECRET' }));
    expect(await check(call)).toEqual({ code, drift: null });
    expect(recruitee.manifest.conditions.has(code)).toBe(true);
  });

  it.each<[string, Answer]>([
    ['remote-unavailable', raw(503, '')],
    ['remote-rate-limited', raw(429, '')],
    ['remote-invalid-response', json(200, {})],
  ])('throws %s where nothing is known', async (kind, answer) => {
    const { call } = await sourceWith(answer);
    expect(await errorOf(check(call))).toMatchObject({ kind });
  });
});

describe('the address', () => {
  const { apiUrl, settings } = recruitee.manifest;

  it('holds the company, or is another one that already does', () => {
    expect(apiUrl({ companyId: 'acme-1' })).toBe('https://api.recruitee.com/c/acme-1');
    expect(apiUrl({ companyId: 'acme', apiUrl: 'http://localhost:9/c/acme' })).toBe('http://localhost:9/c/acme');
  });

  it.each(['', 'a/b', '..', 'a b', 'å', 'x'.repeat(65)])('is not made of the company %j', (companyId) => {
    expect(settings.find(({ name }) => name === 'companyId')?.pattern.test(companyId)).toBe(false);
  });
});
