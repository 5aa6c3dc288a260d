import { RESOURCES } from '#libs/model';
import { errorOf, json, source } from '../http/source.for-spec.js';
import { callTo } from './call.for-spec.js';
import { answerWith } from './fixtures.for-spec.js';
import { grantToRead } from './grant.for-spec.js';
import { kombo } from './index.js';

const grant = grantToRead();
describe('a page', () => {
  it.each(RESOURCES)('holds the records, and the fields that the reader says it fills (%s)', async (resource) => {
    const { baseUrl } = await source(json(200, answerWith(resource)));
    const reader = kombo.ports.read[resource];
    const page = await reader.page(callTo(baseUrl), { grant });
    expect(Object.keys(page.records[0]?.fields ?? {}).sort()).toEqual([...reader.fills].sort());
    expect([page.records.length, page.setAside.length, page.next]).toEqual([1, 0, null]);
    expect(page.dropped.get('custom_fields')).toBe(1);
  });

  it('goes on past a malformed record', async () => {
    const good = answerWith('user').data.results;
    const { baseUrl } = await source(json(200, { status: 'success', data: { results: [null, { id: 7 }, ...good], next: 'more' } }));
    const page = await kombo.ports.read.user.page(callTo(baseUrl), { grant });
    expect([page.records.length, page.setAside.length, page.next]).toEqual([1, 2, 'more']);
  });

  it.each([
    ['has no next', { status: 'success', data: { results: [] } }],
    ['has an empty next', { status: 'success', data: { results: [], next: '' } }],
    ['has a next of another type', { status: 'success', data: { results: [], next: 7 } }],
    ['names itself as next', { status: 'success', data: { results: [], next: 'here' } }],
    ['has no list', { status: 'success', data: { results: {}, next: null } }],
    ['has no data', { status: 'success' }],
    ['is no envelope', []],
    ['has no status', { data: { results: [], next: null } }],
    ['inherits it all', JSON.parse('{"__proto__": {"status": "success", "data": {"results": [], "next": null}}}')],
  ])('that %s is not an end but remote-invalid-response', async (_what, body) => {
    const { baseUrl } = await source(json(200, body));
    const error = await errorOf(kombo.ports.read.user.page(callTo(baseUrl), { grant, cursor: 'here' }));
    expect(error).toMatchObject({ kind: 'remote-invalid-response', retry: { when: 'later' } });
  });
});

describe('nothing is asked', () => {
  it.each<[string, string, (baseUrl: string) => Promise<unknown>]>([
    [
      'for a resource that is not granted',
      'consent-does-not-cover',
      (url) => kombo.ports.read.user.page(callTo(url), { grant: grantToRead('job') }),
    ],
    ['for jobs where they do not narrow', 'unsupported', (url) => kombo.ports.read.user.page(callTo(url), { grant, jobs: ['j'] })],
    ['where no integration is bound', 'config-invalid', (url) => kombo.ports.read.user.page({ ...callTo(url), settings: {} }, { grant })],
    [
      'where the API key is missing',
      'config-invalid',
      (url) => kombo.ports.read.user.page({ ...callTo(url), platformKey: null }, { grant }),
    ],
  ])('%s', async (_when, kind, read) => {
    const { baseUrl, requests } = await source(json(200, answerWith('user')));
    expect(await errorOf(read(baseUrl))).toMatchObject({ kind });
    expect(requests).toHaveLength(0);
  });

  it('for the applications of no job: there are none', async () => {
    const { baseUrl, requests } = await source(json(200, answerWith('application')));
    expect(await kombo.ports.read.application.page(callTo(baseUrl), { grant, jobs: [] })).toMatchObject({ records: [], next: null });
    expect(requests).toHaveLength(0);
  });
});
