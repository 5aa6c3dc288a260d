import { RESOURCES } from '#libs/model';
import { errorOf, json, raw, source, type Answer } from '../http/source.for-spec.js';
import { API_KEY, callTo, grantToRead } from './call.for-spec.js';
import { check } from './check.js';
import { CANDIDATE_ID, fixtureOf, JOB_ID, OTHER_JOB_ID } from './fixtures.for-spec.js';
import { smartrecruiters } from './index.js';

const { user, job, candidate, application } = smartrecruiters.ports.read;
const grant = grantToRead();
const list = (content: readonly unknown[], more: object = {}) => json(200, { limit: 100, totalFound: content.length, content, ...more });
const NOT_FOUND = json(404, { message: 'SECRET', errors: [{ code: 'NOT_FOUND', message: 'SECRET' }] });

/** Answers each path with its own answer; any other is not there. */
const byPath =
  (answers: Readonly<Record<string, Answer>>): Answer =>
  (request, response) =>
    (answers[(request.url ?? '').replace(/^\/v1\//, '').replace(/\?.*/, '')] ?? NOT_FOUND)(request, response);

async function sourceWith(...answers: [Answer, ...Answer[]]) {
  const { baseUrl, requests } = await source(...answers);
  return { call: callTo(baseUrl), requests, asked: () => requests.map(({ url }) => (url ?? '').replace('/v1/', '')) };
}

describe('a list', () => {
  it.each([
    ['user', 'user-api/v201804/users'],
    ['candidate', 'candidates'],
    ['application', 'candidates'],
  ] as const)('of %ss is asked for with the key, the time and the place', async (resource, path) => {
    const { call, asked, requests } = await sourceWith(json(200, { ...fixtureOf(resource).answer, nextPageId: 'p 3' }));
    const page = await smartrecruiters.ports.read[resource].page(call, { grant, since: '2026-02-01T10:00:00+01:00', cursor: 'p/2' });
    expect(asked()).toEqual([`${path}?limit=100&updatedAfter=2026-02-01T09%3A00%3A00.000Z&pageId=p%2F2`]);
    expect(requests[0]?.headers['x-smarttoken']).toBe(API_KEY);
    expect([page.records.length, page.next]).toEqual([resource === 'application' ? 2 : 1, 'p 3']);
  });

  it.each<[string, object]>([
    ['that is empty, whatever it names as next', { content: [], nextPageId: 'here' }],
    ['that names no next', { content: [{ id: 'u' }] }],
    ['whose next is empty', { content: [{ id: 'u' }], nextPageId: '' }],
  ])('ends with a page %s', async (_, body) => {
    const { call } = await sourceWith(json(200, body));
    expect(await user.page(call, { grant, cursor: 'here' })).toMatchObject({ next: null });
  });

  it.each<[string, unknown, { cursor?: string }]>([
    ['has no content', { nextPageId: null }, {}],
    ['has another content', { content: {}, nextPageId: null }, {}],
    ['names itself as next', { content: [{ id: 'u' }], nextPageId: 'here' }, { cursor: 'here' }],
    ['has a next of another type', { content: [{ id: 'u' }], nextPageId: 7 }, {}],
    ['is full, tells of more and of no next', { totalFound: 101, content: Array.from({ length: 100 }, () => ({ id: 'u' })) }, {}],
    ['is no object', [], {}],
    ['inherits it all', JSON.parse('{"__proto__": {"content": []}}'), {}],
  ])('whose page %s is not at its end', async (_, body, place) => {
    const { call } = await sourceWith(json(200, body));
    expect(await errorOf(user.page(call, { grant, ...place }))).toMatchObject({
      kind: 'remote-invalid-response',
      retry: { when: 'later' },
    });
  });

  it('goes on past a malformed record', async () => {
    const { call } = await sourceWith(list([null, { id: 7 }, ...fixtureOf('user').answer.content], { nextPageId: 'more' }));
    const page = await user.page(call, { grant });
    expect([page.records.length, page.setAside.length, page.next]).toEqual([1, 2, 'more']);
  });
});

describe('the candidates and applications of jobs', () => {
  const jobs = [JOB_ID, OTHER_JOB_ID];

  it('are read job after job, from any place on', async () => {
    const { content } = fixtureOf('application').answer;
    const { call, asked } = await sourceWith(list(content, { nextPageId: 'p2' }), list([]), list(content));
    const found: string[][] = [];
    let cursor: string | null = null;
    do {
      const page = await application.page(call, { grant, jobs, ...(cursor === null ? {} : { cursor }) });
      found.push(page.records.map(({ externalId }) => externalId));
      cursor = page.next;
    } while (cursor !== null);
    expect(asked().map((url) => url.replace('candidates?limit=100&', ''))).toEqual([
      `jobId=${JOB_ID}`,
      `pageId=p2&jobId=${JOB_ID}`,
      `jobId=${OTHER_JOB_ID}`,
    ]);
    expect(found).toEqual([[`${CANDIDATE_ID}:${JOB_ID}`], [], [`${CANDIDATE_ID}:${OTHER_JOB_ID}`]]);
  });

  it('of a job that is gone are none', async () => {
    const { call } = await sourceWith(NOT_FOUND);
    expect(await candidate.page(call, { grant, jobs: [JOB_ID] })).toMatchObject({ records: [], next: null });
  });

  it.each(['x', '["2",null]', '["-1",null]', '["0"]', '[0,null]'])('are not read from %j on', async (cursor) => {
    const { call, requests } = await sourceWith(list([]));
    expect(await errorOf(candidate.page(call, { grant, jobs, cursor }))).toMatchObject({ kind: 'invalid-request' });
    expect(requests).toHaveLength(0);
  });
});

describe('jobs', () => {
  const { answer, detail, team, process } = fixtureOf('job');
  const [one = {}] = answer.content;
  const ALL = {
    jobs: json(200, { ...answer, content: [one, { ...one, id: OTHER_JOB_ID }] }),
    [`jobs/${JOB_ID}`]: json(200, detail),
    [`jobs/${OTHER_JOB_ID}`]: json(200, detail),
    [`jobs/${JOB_ID}/hiring-team`]: json(200, team),
    [`jobs/${OTHER_JOB_ID}/hiring-team`]: json(200, team),
    'configuration/hiring-processes/process-1': json(200, process),
  };

  it('are read with their teams and stages, a hiring process once for those that share it', async () => {
    const { call, asked } = await sourceWith(byPath(ALL));
    const page = await job.page(call, { grant });
    expect(asked()).toEqual([
      'jobs?limit=20',
      `jobs/${JOB_ID}`,
      'configuration/hiring-processes/process-1',
      `jobs/${JOB_ID}/hiring-team`,
      `jobs/${OTHER_JOB_ID}`,
      `jobs/${OTHER_JOB_ID}/hiring-team`,
    ]);
    expect(page.records.map(({ fields }) => [fields.stages?.length, fields.hiringTeam?.length])).toEqual([
      [9, 1],
      [9, 1],
    ]);
    expect(JSON.stringify([page.records, [...page.dropped]])).not.toContain('FORBIDDEN');
  });

  it.each([
    [['stages', 'hiringTeam'], ['jobs?limit=20']],
    [['stages'], ['jobs?limit=20', `jobs/${JOB_ID}/hiring-team`, `jobs/${OTHER_JOB_ID}/hiring-team`]],
  ])('without leave for %j are not asked for these', async (hidden, expected) => {
    const { call, asked } = await sourceWith(byPath(ALL));
    await job.page(call, { grant: grantToRead(RESOURCES, { job: hidden }) });
    expect(asked()).toEqual(expected);
  });

  it('that are gone meanwhile, or whose process is, keep the main stages', async () => {
    const { call } = await sourceWith(byPath({ jobs: ALL.jobs, [`jobs/${JOB_ID}`]: json(200, detail) }));
    const page = await job.page(call, { grant });
    expect(page.records.map(({ fields }) => [fields.stages?.length, fields.hiringTeam?.length])).toEqual([
      [6, 0],
      [6, 0],
    ]);
  });

  it.each(['a/b', '..', 'a%2fb', 'x?y'])('whose id is %j are set aside and not asked for', async (id) => {
    const { call, asked } = await sourceWith(list([{ ...one, id }, {}, null]));
    const page = await job.page(call, { grant });
    expect(page.setAside.map(({ reason }) => reason)).toEqual(['id-malformed', 'id-missing', 'not-an-object']);
    expect(asked()).toEqual(['jobs?limit=20']);
  });

  it.each<[string, Answer]>([
    [`jobs/${JOB_ID}`, json(200, [])],
    [`jobs/${JOB_ID}/hiring-team`, json(200, {})],
    ['configuration/hiring-processes/process-1', json(200, 'process')],
  ])('are not held without what %s could not be read of', async (path, answered) => {
    const { call } = await sourceWith(byPath({ ...ALL, [path]: answered }));
    expect(await errorOf(job.page(call, { grant }))).toMatchObject({ kind: 'remote-invalid-response' });
  });
});

describe('nothing is asked', () => {
  it.each(RESOURCES)('for a resource that is not granted (%s)', async (resource) => {
    const { call, requests } = await sourceWith(list([]));
    const others = grantToRead(RESOURCES.filter((other) => other !== resource));
    expect(await errorOf(smartrecruiters.ports.read[resource].page(call, { grant: others }))).toMatchObject({
      kind: 'consent-does-not-cover',
    });
    expect(requests).toHaveLength(0);
  });

  it.each(['user', 'job'] as const)('for jobs where they do not narrow (%s)', async (resource) => {
    const { call, requests } = await sourceWith(list([]));
    expect(await errorOf(smartrecruiters.ports.read[resource].page(call, { grant, jobs: ['j'] }))).toMatchObject({ kind: 'unsupported' });
    expect(requests).toHaveLength(0);
  });

  it('for the applications of no job, or without a key', async () => {
    const { call, requests } = await sourceWith(list([]));
    expect(await application.page(call, { grant, jobs: [] })).toMatchObject({ records: [], next: null });
    expect(await errorOf(user.page({ ...call, credentials: {} }, { grant }))).toMatchObject({ kind: 'config-invalid' });
    expect(requests).toHaveLength(0);
  });
});

describe('a check', () => {
  it('asks for one job and says that the account is connected', async () => {
    const { call, asked } = await sourceWith(list(fixtureOf('job').answer.content, { totalFound: 7 }));
    expect(await check(call)).toEqual({ code: 'CONNECTED', drift: null });
    expect(asked()).toEqual(['jobs?limit=1']);
  });

  it.each([
    [401, 'LOGIN_REFUSED'],
    [403, 'RIGHTS_MISSING'],
    [404, 'ACCOUNT_UNKNOWN'],
  ])('that is answered with %d says %s', async (status, code) => {
    const { call } = await sourceWith(json(status, { message: 'SECRET' }));
    expect(await check(call)).toEqual({ code, drift: null });
    expect(smartrecruiters.manifest.conditions.has(code)).toBe(true);
  });

  it.each<[string, Answer]>([
    ['remote-unavailable', raw(503, '')],
    ['remote-invalid-response', json(200, {})],
  ])('throws %s where nothing is known', async (kind, answer) => {
    const { call } = await sourceWith(answer);
    expect(await errorOf(check(call))).toMatchObject({ kind });
  });
});
