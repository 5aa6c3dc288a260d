import { RESOURCES, type Resource } from '#libs/model';
import { errorOf } from '../http/source.for-spec.js';
import { API_KEY, ashbyWith, callTo, grantToRead } from './call.for-spec.js';
import { answerWith, jobsFixture } from './fixtures.for-spec.js';
import { ashby } from './index.js';

const OPERATIONS: Readonly<Record<Resource, string>> = {
  user: 'user.list',
  job: 'job.list',
  candidate: 'candidate.list',
  application: 'application.list',
};

const { postings, stages } = jobsFixture();
const fixtures = {
  ...Object.fromEntries(RESOURCES.map((resource) => [OPERATIONS[resource], [answerWith(resource)]])),
  'jobPosting.list': [postings],
  'interviewStage.list': [stages],
};
const grant = grantToRead();
const { read } = ashby.ports;
const ended = (...results: readonly unknown[]) => ({ success: true, results, moreDataAvailable: false });
const moreAfter = (nextCursor: unknown, ...results: readonly unknown[]) => ({
  success: true,
  results,
  moreDataAvailable: true,
  nextCursor,
});

describe('a page', () => {
  it.each(RESOURCES)(
    'holds the records, the fields that the reader says it fills, and at the end the sync token (%s)',
    async (resource) => {
      const { baseUrl } = await ashbyWith(fixtures);
      const page = await read[resource].page(callTo(baseUrl), { grant });
      expect(Object.keys(page.records[0]?.fields ?? {}).sort()).toEqual([...read[resource].fills].sort());
      expect(page).toMatchObject({ setAside: [], next: null, syncToken: `token-${resource}s` });
      expect(JSON.stringify(page.records)).not.toContain('FORBIDDEN');
      expect(page.dropped.get('customFields')).toBe(1);
    },
  );

  it.each([
    ['user', { limit: 100, includeDeactivated: true }],
    ['job', { limit: 50, status: ['Draft', 'Open', 'Closed', 'Archived'], expand: ['location'] }],
    ['candidate', { limit: 100 }],
    ['application', { limit: 100 }],
  ] as const)('of a delta is asked for with the filters, the sync token and the cursor (%s)', async (resource, filters) => {
    const remote = await ashbyWith({ [OPERATIONS[resource]]: [moreAfter('c2'), { ...ended(), syncToken: 't2' }] });
    const first = await read[resource].page(callTo(remote.baseUrl), { grant, syncToken: 't1' });
    expect(first).toMatchObject({ next: 'c2', records: [] });
    expect(first).not.toHaveProperty('syncToken');
    const last = await read[resource].page(callTo(remote.baseUrl), { grant, syncToken: 't1', cursor: 'c2' });
    expect(last).toMatchObject({ next: null, syncToken: 't2' });
    expect(remote.asked).toEqual([
      { operation: OPERATIONS[resource], body: { ...filters, syncToken: 't1' } },
      { operation: OPERATIONS[resource], body: { ...filters, syncToken: 't1', cursor: 'c2' } },
    ]);
  });

  it('is a POST with the API key as the user of Basic, without a password', async () => {
    const remote = await ashbyWith(fixtures);
    await read.user.page(callTo(remote.baseUrl), { grant });
    expect(remote.requests[0]).toMatchObject({
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}`,
        accept: 'application/json; version=1',
        'content-type': 'application/json',
      },
    });
  });

  it('goes on past a malformed record', async () => {
    const { baseUrl } = await ashbyWith({ 'job.list': [moreAfter('c2', null, 7, { id: 7 }, { id: 'j' })] });
    const page = await read.job.page(callTo(baseUrl), { grant });
    expect([page.records.length, page.setAside.length, page.next]).toEqual([1, 3, 'c2']);
  });

  it.each([
    ['does not say whether there is more', { success: true, results: [] }],
    ['says so in words', { success: true, results: [], moreDataAvailable: 'no', nextCursor: 'c2' }],
    ['has more and no cursor', moreAfter(undefined)],
    ['has an empty cursor', moreAfter('')],
    ['has a cursor of another type', moreAfter(7)],
    ['names itself as next', moreAfter('here')],
    ['has no list', { success: true, results: {}, moreDataAvailable: false }],
    ['has a sync token of another type', { ...ended(), syncToken: 7 }],
    ['does not say that it is one', { results: [], moreDataAvailable: false }],
    ['is a list', []],
    ['inherits it all', JSON.parse('{"__proto__": {"success": true, "results": [], "moreDataAvailable": false}}')],
  ])('that %s is not an end but remote-invalid-response', async (_what, body) => {
    const { baseUrl } = await ashbyWith({ 'user.list': [body] });
    const error = await errorOf(read.user.page(callTo(baseUrl), { grant, cursor: 'here' }));
    expect(error).toMatchObject({ kind: 'remote-invalid-response', retry: { when: 'later' } });
  });
});

describe('nothing is asked', () => {
  it.each<[string, string, (baseUrl: string) => Promise<unknown>]>([
    ['for a resource that is not granted', 'consent-does-not-cover', (url) => read.user.page(callTo(url), { grant: grantToRead(['job']) })],
    ['for the applications of some jobs', 'unsupported', (url) => read.application.page(callTo(url), { grant, jobs: ['j'] })],
    ['where there is no API key', 'config-invalid', (url) => read.user.page({ ...callTo(url), credentials: {} }, { grant })],
  ])('%s', async (_when, kind, page) => {
    const { baseUrl, requests } = await ashbyWith(fixtures);
    expect(await errorOf(page(baseUrl))).toMatchObject({ kind });
    expect(requests).toHaveLength(0);
  });
});
