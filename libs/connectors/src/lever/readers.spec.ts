import { RESOURCES, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import { errorOf, json, raw } from '../http/source.for-spec.js';
import { API_KEY, grantToRead, leverWith, list } from './call.for-spec.js';
import { check } from './check.js';
import { lever } from './index.js';
import { plain, SINCE, SINCE_MS, walk } from './walk.for-spec.js';

const { read } = lever.ports;
const grant = grantToRead();

describe('a request', () => {
  it('holds the key as the user of Basic, without a password, and asks for nothing that is not needed', async () => {
    const { call, requests } = await leverWith(plain);
    await read.user.page(call, { grant, cursor: '0.1 a/b' });
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: '/v1/users?limit=100&include=id&include=name&include=email&includeDeactivated=true&offset=0.1+a%2Fb',
      headers: { authorization: `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}`, accept: 'application/json' },
    });
  });

  it.each<[Resource, readonly string[], string]>([
    ['user', ['email'], 'id,name'],
    ['candidate', ['firstName', 'lastName'], 'contact,emails'],
    ['job', ['location', 'hiringTeam', 'visibility'], 'id,text,state,updatedAt'],
  ])('of %ss does not ask for what is hidden: %j', async (resource, hidden, include) => {
    const { call, requests } = await leverWith(plain);
    await read[resource].page(call, { grant: grantToRead(RESOURCES, { [resource]: hidden }) });
    const { searchParams } = new URL(requests[0]?.url ?? '', 'http://lever.invalid');
    expect(searchParams.getAll('include').join()).toBe(include);
  });

  it('holds a token where the customer lets our app in', async () => {
    const { call, requests } = await leverWith(plain);
    const settings = { grant: 'authorization-code' };
    const credentials = { clientId: 'c', clientSecret: 's' };
    await read.user.page({ ...call, settings, credentials, accessToken: () => Promise.resolve('token') }, { grant });
    expect(requests[0]?.headers.authorization).toBe('Bearer token');
  });

  it.each<[string, Partial<Call>]>([
    ['a key', { credentials: { clientId: 'c', clientSecret: 's' } }],
    ['a client secret', { settings: { grant: 'authorization-code' }, credentials: { clientId: 'c', apiKey: 'k' } }],
  ])('is not sent without %s', async (_, changes) => {
    const { call, requests } = await leverWith(plain);
    expect(await errorOf(read.user.page({ ...call, ...changes }, { grant }))).toMatchObject({ kind: 'config-invalid' });
    expect(requests).toHaveLength(0);
  });
});

describe('a page', () => {
  it.each(RESOURCES)('holds the fields that the reader says it fills, and nothing forbidden (%s)', async (resource) => {
    const { call } = await leverWith(plain);
    const { pages } = await walk(resource, call);
    const [record] = pages.flat();
    expect(Object.keys(record?.fields ?? {}).sort()).toEqual([...read[resource].fills].sort());
    expect(pages.flat()).toHaveLength(1);
    expect(JSON.stringify(pages)).not.toContain('FORBIDDEN');
  });

  it('goes on past a malformed record', async () => {
    const { call } = await leverWith(() => list([null, 7, { id: 'a b' }, { id: 'u' }], 'o2'));
    const page = await read.user.page(call, { grant });
    expect([page.records.length, page.setAside.length, page.next]).toEqual([1, 3, 'o2']);
  });

  it.each<[string, unknown]>([
    ['does not say whether there is more', { data: [] }],
    ['says so in words', { data: [], hasNext: 'no' }],
    ['has more and no next', { data: [], hasNext: true }],
    ['has an empty next', { data: [], hasNext: true, next: '' }],
    ['has a next of another type', { data: [], hasNext: true, next: 7 }],
    ['names itself as next', { data: [], hasNext: true, next: 'here' }],
    ['has no list', { data: {}, hasNext: false }],
    ['is a list', []],
    ['inherits it all', JSON.parse('{"__proto__": {"data": [], "hasNext": false}}')],
  ])('that %s is not an end but remote-invalid-response', async (_, body) => {
    const { call } = await leverWith(() => json(200, body));
    const error = await errorOf(read.user.page(call, { grant, cursor: 'here' }));
    expect(error).toMatchObject({ kind: 'remote-invalid-response', retry: { when: 'later' } });
  });

  it('ends where Lever says so, whatever it names as next', async () => {
    const { call } = await leverWith(() => json(200, { data: [{ id: 'u' }], hasNext: false, next: 'o2' }));
    expect(await read.user.page(call, { grant })).toMatchObject({ records: [{ externalId: 'u' }], next: null });
  });

  it('of candidates counts a person with several opportunities once', async () => {
    const { call, asked } = await leverWith(() => [{ contact: 'c', name: 'A B' }, { contact: 'c', name: 'A B' }, { contact: 'd' }]);
    const { ids } = await walk('candidate', call, { since: SINCE });
    expect(ids).toEqual([['c', 'd']]);
    expect(asked).toEqual([`opportunities updated_at_start=${SINCE_MS}`]);
  });
});

describe('nothing is asked', () => {
  it.each(RESOURCES)('for a resource that is not granted (%s)', async (resource) => {
    const { call, requests } = await leverWith(plain);
    const others = grantToRead(RESOURCES.filter((other) => other !== resource));
    expect(await errorOf(read[resource].page(call, { grant: others }))).toMatchObject({ kind: 'consent-does-not-cover' });
    expect(requests).toHaveLength(0);
  });

  it.each(['user', 'job'] as const)('for jobs where they do not narrow (%s)', async (resource) => {
    const { call, requests } = await leverWith(plain);
    expect(await errorOf(read[resource].page(call, { grant, jobs: ['p'] }))).toMatchObject({ kind: 'unsupported' });
    expect(requests).toHaveLength(0);
  });
});

describe('a check', () => {
  it('asks for the id of one posting and says that the account is connected', async () => {
    const { call, requests } = await leverWith(plain);
    expect(await check(call)).toEqual({ code: 'CONNECTED', drift: null });
    expect(requests.map(({ url }) => url)).toEqual(['/v1/postings?limit=1&include=id']);
  });

  it.each([
    [401, 'LOGIN_REFUSED'],
    [403, 'RIGHTS_MISSING'],
    [404, 'ACCOUNT_UNKNOWN'],
  ])('that is answered with %d says %s', async (status, code) => {
    const { call } = await leverWith(() => json(status, { code: 'SECRET', message: 'SECRET' }));
    expect(await check(call)).toEqual({ code, drift: null });
    expect(lever.manifest.conditions.has(code)).toBe(true);
  });

  it.each([
    ['remote-unavailable', raw(503, '')],
    ['remote-invalid-response', json(200, {})],
  ] as const)('throws %s where nothing is known', async (kind, answer) => {
    const { call } = await leverWith(() => answer);
    expect(await errorOf(check(call))).toMatchObject({ kind });
  });
});

describe('the addresses', () => {
  const { apiUrl, oauth } = lever.manifest;
  it.each([
    [{}, 'https://api.lever.co/v1', 'https://auth.lever.co/oauth/token'],
    [{ environment: 'sandbox' }, 'https://api.sandbox.lever.co/v1', 'https://sandbox-lever.auth0.com/oauth/token'],
    [{ environment: 'sandbox', apiUrl: 'http://a', authUrl: 'http://b' }, 'http://a', 'http://b/oauth/token'],
  ])('of %j are %s and %s', (settings, api, token) => {
    expect([apiUrl(settings), oauth?.tokenUrl(settings)]).toEqual([api, token]);
    expect(oauth?.authorizeUrl?.(settings)).toBe(token.replace('oauth/token', 'authorize'));
  });
});
