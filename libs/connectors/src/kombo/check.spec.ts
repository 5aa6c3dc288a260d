import { errorOf, json, source } from '../http/source.for-spec.js';
import { callTo } from './call.for-spec.js';
import { check } from './check.js';
import { kombo } from './index.js';

const failed = (status: number, code: string) =>
  json(status, { status: 'error', error: { code, title: null, message: 'SECRET', log_url: null } });

async function outcomeOf(integration: object) {
  const remote = await source(json(200, { status: 'success', data: { end_user: { creator_email: 'SECRET' }, ...integration } }));
  const outcome = await check(callTo(remote.baseUrl));
  return outcome;
}

describe('a check', () => {
  it.each([
    ['ACTIVE', { category: 'ATS', status: 'ACTIVE', setup_status: 'COMPLETED' }],
    ['INTEGRATION.SETUP_INCOMPLETE', { category: 'ATS', status: 'ACTIVE', setup_status: 'INCOMPLETE' }],
    ['INTEGRATION.SETUP_SYNC_PENDING', { category: 'ATS', status: 'ACTIVE', setup_status: 'FINAL_SYNC_PENDING' }],
    ['INTEGRATION.AUTHENTICATION_INVALID', { category: 'ATS', status: 'INVALID', setup_status: 'COMPLETED' }],
    ['INTEGRATION.INACTIVE', { category: 'ATS', status: 'INACTIVE', setup_status: 'COMPLETED' }],
    ['DATA_EXPIRED', { category: 'ATS', status: 'ACTIVE', setup_status: 'COMPLETED', data_expired_at: '2026-11-22T10:00:00.000Z' }],
    ['WRONG_CATEGORY', { category: 'ASSESSMENT', status: 'ACTIVE', setup_status: 'COMPLETED' }],
    ['UNKNOWN', { category: 'ATS', status: 'SECRET', setup_status: 'COMPLETED' }],
    ['UNKNOWN', { category: 'ATS', status: 'ACTIVE', setup_status: 'SECRET' }],
  ])('says %s', async (code, integration) => {
    const outcome = await outcomeOf(integration);
    expect(outcome).toEqual({ code, drift: null });
    expect(kombo.manifest.conditions.has(code)).toBe(true);
    expect(JSON.stringify(outcome)).not.toContain('SECRET');
  });

  it('says that the integration is unknown to Kombo', async () => {
    const remote = await source(failed(404, 'PLATFORM.INTEGRATION_NOT_FOUND'));
    expect(await check(callTo(remote.baseUrl))).toMatchObject({ code: 'PLATFORM.INTEGRATION_NOT_FOUND' });
  });

  it('says that nothing is bound yet, and asks nothing', async () => {
    const remote = await source(json(500, {}));
    expect(await check({ ...callTo(remote.baseUrl), settings: {} })).toMatchObject({ code: 'NOT_BOUND' });
    expect(remote.requests).toHaveLength(0);
  });

  it('throws where our API key is refused', async () => {
    const remote = await source(failed(401, 'PLATFORM.AUTHENTICATION_INVALID'));
    expect(await errorOf(check(callTo(remote.baseUrl)))).toMatchObject({ kind: 'remote-auth-failed' });
  });
});
