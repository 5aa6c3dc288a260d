import { errorOf, json, source } from '../http/source.for-spec.js';
import { callTo } from './call.for-spec.js';
import { check } from './check.js';

const KEY_OK = json(200, { status: 'success', data: { environment_id: 'e' } });
const failed = (status: number, code: string) =>
  json(status, { status: 'error', error: { code, title: null, message: 'SECRET', log_url: null } });

async function outcomeOf(integration: object) {
  const kombo = await source(KEY_OK, json(200, { status: 'success', data: { end_user: { creator_email: 'SECRET' }, ...integration } }));
  const outcome = await check(callTo(kombo.baseUrl));
  return outcome;
}

describe('a check', () => {
  it.each([
    ['ACTIVE', { category: 'ATS', status: 'ACTIVE', setup_status: 'COMPLETED' }],
    ['SETUP_INCOMPLETE', { category: 'ATS', status: 'ACTIVE', setup_status: 'INCOMPLETE' }],
    ['SETUP_SYNC_PENDING', { category: 'ATS', status: 'ACTIVE', setup_status: 'FINAL_SYNC_PENDING' }],
    ['INVALID', { category: 'ATS', status: 'INVALID', setup_status: 'COMPLETED' }],
    ['INACTIVE', { category: 'ATS', status: 'INACTIVE', setup_status: 'COMPLETED' }],
    ['WRONG_CATEGORY', { category: 'ASSESSMENT', status: 'ACTIVE', setup_status: 'COMPLETED' }],
    ['UNKNOWN', { category: 'ATS', status: 'SECRET', setup_status: 'COMPLETED' }],
    ['UNKNOWN', { category: 'ATS', status: 'ACTIVE', setup_status: 'SECRET' }],
  ])('says %s', async (code, integration) => {
    const outcome = await outcomeOf(integration);
    expect(outcome).toMatchObject({ code, ready: code === 'ACTIVE' });
    expect(outcome.nextStep === null).toBe(outcome.ready);
    expect(JSON.stringify(outcome)).not.toContain('SECRET');
  });

  it('says that the integration is unknown to Kombo', async () => {
    const kombo = await source(KEY_OK, failed(404, 'PLATFORM.INTEGRATION_NOT_FOUND'));
    expect(await check(callTo(kombo.baseUrl))).toMatchObject({ ready: false, code: 'PLATFORM.INTEGRATION_NOT_FOUND' });
  });

  it('says that nothing is bound yet, and asks nothing', async () => {
    const kombo = await source(KEY_OK);
    expect(await check({ ...callTo(kombo.baseUrl), settings: {} })).toMatchObject({ ready: false, code: 'NOT_BOUND' });
    expect(kombo.requests).toHaveLength(0);
  });

  it('throws where our API key is refused', async () => {
    const kombo = await source(failed(401, 'PLATFORM.AUTHENTICATION_INVALID'));
    expect(await errorOf(check(callTo(kombo.baseUrl)))).toMatchObject({ kind: 'remote-auth-failed' });
  });
});
