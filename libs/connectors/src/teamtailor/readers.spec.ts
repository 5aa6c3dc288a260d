import { RESOURCES, type Resource } from '#libs/model';
import { errorOf, json, source, type Answer } from '../http/source.for-spec.js';
import { API_KEY, callTo, grantToRead } from './call.for-spec.js';
import { answerWith, pageOf } from './fixtures.for-spec.js';
import { teamtailor } from './index.js';

const { read } = teamtailor.ports;
const grant = grantToRead();
const SINCE = '2026-02-01T00:00:00.000Z';

/** A source with these answers, a call to it, and what was asked of it: the path, and the parameters by name. */
async function sourceWith(...answers: [Answer, ...Answer[]]) {
  const { baseUrl, requests } = await source(...answers);
  const asked = () =>
    requests.map(({ url }) => {
      const { pathname, searchParams } = new URL(url ?? '', 'http://source.invalid');
      return { path: pathname, ...Object.fromEntries(searchParams) };
    });
  return { baseUrl, call: callTo(baseUrl), requests, asked };
}

/** What is asked for the first page of a resource. */
async function askedFor(resource: Resource, request: object = {}) {
  const { call, asked } = await sourceWith(json(200, answerWith(resource)));
  await read[resource].page(call, { grant, ...request });
  return asked()[0];
}

const PAGED = { 'page[size]': '30', 'page[number]': '1' };

describe('asked by name is', () => {
  it('of users the name and the address', async () => {
    expect(await askedFor('user')).toEqual({ path: '/v1/users', ...PAGED, 'fields[users]': 'id,name,email' });
  });

  it('of jobs of every status and feed what they are, and of what is included no more than ids, names and places', async () => {
    expect(await askedFor('job')).toEqual({
      path: '/v1/jobs',
      ...PAGED,
      'filter[status]': 'all',
      'filter[feed]': 'public,internal',
      include: 'locations,stages,user,team-memberships,team-memberships.user',
      'fields[jobs]': 'id,title,status,human-status,internal,locations,updated-at,stages,user,team-memberships',
      'fields[locations]': 'city,country',
      'fields[stages]': 'name,row-order',
      'fields[users]': 'id',
      'fields[team-memberships]': 'user',
    });
  });

  it('of candidates in order of creation the name, the address and the times', async () => {
    const fields = { 'fields[candidates]': 'id,updated-at,first-name,last-name,email,created-at' };
    expect(await askedFor('candidate')).toEqual({ path: '/v1/candidates', ...PAGED, ...fields, sort: 'created-at' });
  });

  it('of applications the times, the ids of candidate and job, and the stage’s name', async () => {
    expect(await askedFor('application')).toEqual({
      path: '/v1/job-applications',
      ...PAGED,
      sort: 'created-at',
      include: 'stage,candidate,job',
      'fields[job-applications]': 'id,candidate,job,stage,created-at,updated-at',
      'fields[stages]': 'name',
      'fields[candidates]': 'id',
      'fields[jobs]': 'id',
    });
  });

  it.each(['candidate', 'application'] as const)('of a delta what changed since (%s)', async (resource) => {
    expect(await askedFor(resource, { since: SINCE })).toMatchObject({ 'filter[updated-at][from]': SINCE });
  });

  it.each(['user', 'job'] as const)('everything where the list cannot be read by its edits (%s)', async (resource) => {
    expect(await askedFor(resource, { since: SINCE })).toEqual(await askedFor(resource));
  });

  it('nothing for a field that is not granted', async () => {
    const bare = grantToRead(RESOURCES, {
      job: ['name', 'location', 'stages', 'hiringTeam', 'visibility', 'remoteUpdatedAt'],
      candidate: ['email', 'lastName'],
      application: ['stageName', 'remoteCreatedAt'],
    });
    const jobs = await askedFor('job', { grant: bare });
    expect(jobs).toMatchObject({ 'fields[jobs]': 'id,status,human-status' });
    expect(jobs).not.toHaveProperty('include');
    expect(await askedFor('candidate', { grant: bare })).toMatchObject({ 'fields[candidates]': 'id,updated-at,first-name,created-at' });
    expect(await askedFor('application', { grant: bare })).toMatchObject({
      'fields[job-applications]': 'id,candidate,job,stage,updated-at',
      'fields[stages]': 'id',
    });
  });
});

test.each([
  [{}, '20240404'],
  [{ apiVersion: '20240904' }, '20240904'],
])('the settings %j send the version %s, with the key', async (settings, version) => {
  const { baseUrl, requests } = await sourceWith(json(200, answerWith('user')));
  await read.user.page(callTo(baseUrl, settings), { grant });
  expect(requests[0]?.headers).toMatchObject({
    authorization: `Token token=${API_KEY}`,
    'x-api-version': version,
    accept: 'application/vnd.api+json',
  });
});

describe('an answer that holds more than was asked for', () => {
  async function pageFrom(resource: Resource) {
    const { call } = await sourceWith(json(200, answerWith(resource)));
    return read[resource].page(call, { grant });
  }

  it.each(RESOURCES)('loses everything that the allowlist does not name, and counts it by documented names (%s)', async (resource) => {
    expect(JSON.stringify(answerWith(resource))).toContain('FORBIDDEN');
    const page = await pageFrom(resource);
    expect(JSON.stringify([page.records, [...page.dropped]])).not.toContain('FORBIDDEN');
    expect(page).toMatchObject({ setAside: [], next: null });
    expect(page.records).toHaveLength(1);
    expect(page.dropped.size).toBeGreaterThan(0);
    expect(page.dropped.has('*')).toBe(false);
  });

  it('gives a job its first location, its stages, and its recruiter and team once each', async () => {
    expect((await pageFrom('job')).records[0]).toMatchObject({
      externalId: '501',
      fields: {
        location: { city: 'Malmö', region: null, country: 'SE' },
        stages: [
          { externalId: '71', name: 'Inbox', position: 0 },
          { externalId: '72', name: 'Alva test', position: 1 },
        ],
        hiringTeam: ['901', '902', '903'],
      },
    });
  });

  it('gives an application the ids that the other lists give', async () => {
    expect((await pageFrom('application')).records[0]).toMatchObject({
      externalId: '801',
      fields: { candidateId: '301', jobId: '501', stageId: '72', stageName: 'Alva test' },
    });
    const [job, candidate] = [await pageFrom('job'), await pageFrom('candidate')];
    expect([job.records[0]?.externalId, candidate.records[0]?.externalId]).toEqual(['501', '301']);
  });
});

describe('a walk', () => {
  const { candidate } = read;

  /** Walks to the end, each page by its cursor alone. */
  async function walk(...pages: [object, ...object[]]) {
    const [first, ...rest] = pages;
    const { call, asked } = await sourceWith(json(200, first), ...rest.map((page) => json(200, page)));
    const ids: string[] = [];
    let cursor: string | null = '';
    for (let left = pages.length; left > 0 && cursor !== null; left--) {
      const page = await candidate.page(call, { grant, since: SINCE, ...(cursor === '' ? {} : { cursor }) });
      ids.push(...page.records.map(({ externalId }) => externalId));
      cursor = page.next;
    }
    return { ids, numbers: asked().map((query) => Reflect.get(query, 'page[number]')), cursor, asked: asked() };
  }

  it('goes on to the page that follows, with its filter, and never to the address that the source gives', async () => {
    const { ids, cursor, asked } = await walk(pageOf(['1', '2'], 3, 2), pageOf(['3'], 3));
    expect([ids, cursor]).toEqual([['1', '2', '3'], null]);
    expect(asked[1]).toEqual({ ...asked[0], 'page[number]': '2' });
    expect(asked[1]).toMatchObject({ 'filter[updated-at][from]': SINCE, sort: 'created-at' });
  });

  it('begins again where there are fewer than before, as a record may then have moved to a page that was read', async () => {
    const shrunk = await walk(pageOf(['1', '2'], 4, 2), pageOf(['4'], 3), pageOf(['1', '3'], 3, 2), pageOf(['4'], 3));
    expect([shrunk.numbers, shrunk.cursor]).toEqual([['1', '2', '1', '2'], null]);
    expect(new Set(shrunk.ids)).toEqual(new Set(['1', '2', '3', '4']));
  });

  it('begins again as often as there are fewer, each time by another cursor', async () => {
    const { numbers } = await walk(pageOf(['1'], 5, 2), pageOf(['3'], 4, 3), pageOf(['1'], 4, 2), pageOf(['4'], 3), pageOf(['1'], 3));
    expect(numbers).toEqual(['1', '2', '1', '2', '1']);
  });

  it('goes on where more have come', async () => {
    const { numbers, cursor } = await walk(pageOf(['1'], 2, 2), pageOf(['2'], 3, 3), pageOf(['3'], 3));
    expect([numbers, cursor]).toEqual([['1', '2', '3'], null]);
  });

  const sound = pageOf(['1'], 1);
  it.each<[string, unknown]>([
    ['a list', []],
    ['without data', { ...sound, data: null }],
    ['without links', { ...sound, links: undefined }],
    ['without a count', { ...sound, meta: {} }],
    ['with a count that is none', { ...sound, meta: { 'record-count': '1' } }],
    ['with a count below none', { ...sound, meta: { 'record-count': -1 } }],
    ['empty, and says that there is more', pageOf([], 9, 2)],
    ['followed by itself', pageOf(['1'], 9, 1)],
    ['followed by none of its neighbours', pageOf(['1'], 9, 3)],
    ['followed by an address without a page', { ...sound, links: { next: 'https://elsewhere.invalid/' } }],
    ['followed by no address', { ...sound, links: { next: 2 } }],
    ['with included things that are no list', { ...sound, included: {} }],
  ])('does not end with a page that is %s', async (_, page) => {
    const { call } = await sourceWith(json(200, page));
    expect(await errorOf(candidate.page(call, { grant }))).toMatchObject({ kind: 'remote-invalid-response' });
  });

  it('does not start from a cursor that is none of ours', async () => {
    const { call, requests } = await sourceWith(json(200, sound));
    expect(await errorOf(candidate.page(call, { grant, cursor: '["1"]' }))).toMatchObject({ kind: 'invalid-request' });
    expect(requests).toHaveLength(0);
  });
});

describe('nothing is asked', () => {
  it.each(RESOURCES)('for a resource that is not granted, or for jobs, as none narrows by them (%s)', async (resource) => {
    const { call, requests } = await sourceWith(json(200, answerWith(resource)));
    const others = grantToRead(RESOURCES.filter((other) => other !== resource));
    expect(await errorOf(read[resource].page(call, { grant: others }))).toMatchObject({ kind: 'consent-does-not-cover' });
    expect(await errorOf(read[resource].page(call, { grant, jobs: ['501'] }))).toMatchObject({ kind: 'unsupported' });
    expect(requests).toHaveLength(0);
  });

  it('without a key', async () => {
    const { call, requests } = await sourceWith(json(200, answerWith('user')));
    expect(await errorOf(read.user.page({ ...call, credentials: {} }, { grant }))).toMatchObject({ kind: 'config-invalid' });
    expect(requests).toHaveLength(0);
  });
});
