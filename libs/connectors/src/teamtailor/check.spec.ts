import { errorOf, json, raw, source, type Answer } from '../http/source.for-spec.js';
import { callTo, grantToRead } from './call.for-spec.js';
import { answerWith } from './fixtures.for-spec.js';
import { teamtailor } from './index.js';

const { manifest, ports } = teamtailor;
const { check, read } = ports;

async function callWith(answer: Answer) {
  const { baseUrl, requests } = await source(answer);
  return { call: callTo(baseUrl), requests };
}

const refusal = (status: number, error: object) => json(status, { errors: [{ status: String(status), ...error }] });

describe('a check', () => {
  it('asks for the ids of jobs alone and says that the company is connected', async () => {
    const { call, requests } = await callWith(json(200, answerWith('job')));
    expect(await check(call)).toEqual({ code: 'CONNECTED', drift: null });
    const { pathname, searchParams } = new URL(requests[0]?.url ?? '', 'http://source.invalid');
    expect([requests.length, pathname, searchParams.get('fields[jobs]'), searchParams.has('include')]).toEqual([
      1,
      '/v1/jobs',
      'id',
      false,
    ]);
  });

  it.each<[string, Answer, string]>([
    ['401', refusal(401, { title: 'SECRET' }), 'LOGIN_REFUSED'],
    ['403', refusal(403, { title: 'SECRET' }), 'RIGHTS_MISSING'],
    ['404', refusal(404, { title: 'SECRET' }), 'ACCOUNT_UNKNOWN'],
    ['406', raw(406, ''), 'VERSION_REFUSED'],
    ['400 whose title tells of the version', refusal(400, { title: 'Invalid API version' }), 'VERSION_REFUSED'],
    ['400 whose detail tells of the version', refusal(400, { detail: 'X-Api-Version is missing' }), 'VERSION_REFUSED'],
    ['400 whose code tells of the version', refusal(400, { code: 'invalid_version' }), 'VERSION_REFUSED'],
    ['400 with one error for a list', json(400, { errors: { title: 'Invalid version' } }), 'VERSION_REFUSED'],
  ])('that is answered with %s says what to do', async (_, answer, code) => {
    const { call } = await callWith(answer);
    expect(await check(call)).toEqual({ code, drift: null });
    expect(manifest.conditions.get(code)?.nextStep).toEqual(expect.any(String));
  });

  it.each<[string, string, Answer]>([
    ['invalid-request', '400 for anything else', refusal(400, { title: 'Invalid filter' })],
    ['invalid-request', '400 without errors', json(400, { errors: null, title: 'version' })],
    ['invalid-request', '400 with errors that are none', json(400, { errors: ['version', null, { title: 7 }] })],
    ['invalid-request', '422', refusal(422, { title: 'Invalid version' })],
    ['remote-unavailable', '503', raw(503, '')],
    ['remote-rate-limited', '429', raw(429, '')],
    ['remote-invalid-response', 'a page that is none', json(200, {})],
  ])('throws %s where the answer is %s', async (kind, _, answer) => {
    const { call } = await callWith(answer);
    expect(await errorOf(check(call))).toMatchObject({ kind });
  });
});

test('a read that the version fails says so by its code, and repeats no word of the answer', async () => {
  const { call } = await callWith(refusal(400, { title: 'Version SECRET', detail: 'SECRET' }));
  const error = await errorOf(read.user.page(call, { grant: grantToRead() }));
  expect(error).toMatchObject({ kind: 'config-invalid', context: { status: 400, code: 'VERSION_REFUSED' } });
  expect(JSON.stringify([error.message, error.detail, error.context])).not.toContain('SECRET');
});

describe('the address', () => {
  it.each([
    [{}, 'https://api.teamtailor.com/v1'],
    [{ region: 'eu' }, 'https://api.teamtailor.com/v1'],
    [{ region: 'na' }, 'https://api.na.teamtailor.com/v1'],
    [{ region: 'au' }, 'https://api.au.teamtailor.com/v1'],
    [{ region: 'na', apiUrl: 'http://localhost:9/v1' }, 'http://localhost:9/v1'],
  ])('of the settings %j is %s', (settings, address) => {
    expect(manifest.apiUrl(settings)).toBe(address);
  });

  it.each([
    ['region', 'eu', true],
    ['region', 'ap', false],
    ['region', 'na.evil.example', false],
    ['apiVersion', '20210218', true],
    ['apiVersion', 'latest', false],
    ['apiVersion', '20210218\n', false],
  ])('or version: %s may be %j: %s', (name, value, isTaken) => {
    expect(manifest.settings.find((setting) => setting.name === name)?.pattern.test(value)).toBe(isTaken);
  });
});
