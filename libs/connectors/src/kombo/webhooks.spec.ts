import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { webhooks } from './webhooks.js';

const SECRET = 'kombo-sim-secret';
const ACCOUNT = 'sandbox:7C9M5sXAQx2cNMpVHLojrFpL';
const BODY = `{"id":"Cbfk5sHtDxrSrJBRjsDtbaN9","type":"data-changed","data":{"integration_id":"${ACCOUNT}","integration_tool":"sandbox","integration_category":"ATS","changed_models":[{"name":"ats_applications"}]}}`;

const sign = (body: string | Buffer, secret = SECRET) => createHmac('sha256', secret).update(body).digest('base64url');
const isAuthentic = (body: string | Buffer, signature: string | undefined, secrets = [SECRET]) =>
  webhooks.isAuthentic({ rawBody: Buffer.from(body), headers: { 'x-kombo-signature': signature } }, secrets);

describe('a signature', () => {
  it.each([
    ['compact', BODY, 'PyD9nkjO2GFS0qO9p_YaPezOecT1ARGh0SQ8nM-Nv40'],
    ['pretty-printed', JSON.stringify(JSON.parse(BODY), null, 2), 'NairsRIy29DMO4--FAK1J-LpIiJdmbeTC9JJ1fpC4_g'],
    ['beyond ASCII', '{"id":"Cbfk5sHtDxrSrJBRjsDtbaN9","name":"Zoë Bâ"}', 'G6Lv0zHz_sXdEIOi6EhJ_MBRzXy_e8n-0hM01k3ItH0'],
  ])('over the raw bytes is accepted: %s', (_, body, signature) => {
    expect(isAuthentic(body, signature)).toBe(true);
  });

  it('of any of the secrets is accepted, while one replaces another', () => {
    expect(isAuthentic(BODY, sign(BODY, 'new'), [SECRET, 'new'])).toBe(true);
    expect(isAuthentic(BODY, sign(BODY, SECRET), [SECRET, 'new'])).toBe(true);
    expect(isAuthentic(BODY, sign(BODY, 'old'), [SECRET, 'new'])).toBe(false);
  });

  it('does not hold for a body with any byte flipped', () => {
    const signature = sign(BODY);
    for (let at = 0; at < BODY.length; at++) {
      const flipped = Buffer.from(BODY);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(isAuthentic(flipped, signature)).toBe(false);
    }
  });

  it.each([undefined, '', 'x', `${sign(BODY)}=`, sign(BODY).slice(1), sign(BODY).replace(/^./, '*')])(
    'that reads %j is refused',
    (signature) => {
      expect(isAuthentic(BODY, signature)).toBe(false);
    },
  );

  it('that anybody makes up is refused, and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (body, signature) => !isAuthentic(body, signature)));
  });
});

const about = (type: string, data: object) => webhooks.read({ id: 'e1', type, data }, {}).notice;
const changed = (...models: string[]) => about('data-changed', { changed_models: models.map((name) => ({ name })) });

describe('data-changed', () => {
  it.each([
    [['ats_applications'], ['candidate', 'application']],
    [['ats_candidates'], ['candidate', 'application']],
    [['ats_users'], ['user', 'job']],
    [['ats_join_users_roles'], ['user']],
    [['ats_jobs'], ['job', 'candidate', 'application']],
    [['ats_application_stages'], ['job', 'candidate', 'application']],
    [['ats_interviews'], ['application']],
    [
      ['ats_join_jobs_users', 'ats_offers'],
      ['job', 'application'],
    ],
    [['ats_rejection_reasons', 'ats_notes', 'hris_employees', 'new_model'], []],
  ])('of %j touches %j', (models, resources) => {
    expect(changed(...models)).toEqual({ about: 'data', resources });
  });

  it('names its integration and its id', () => {
    expect(webhooks.read(JSON.parse(BODY), {})).toMatchObject({ id: 'Cbfk5sHtDxrSrJBRjsDtbaN9', type: 'data-changed', account: ACCOUNT });
  });
});

test('sync-finished touches everything where Kombo has read something', () => {
  expect(about('sync-finished', { sync_state: 'SUCCEEDED' })).toMatchObject({ resources: ['user', 'job', 'candidate', 'application'] });
  expect(about('sync-finished', { sync_state: 'AUTHENTICATION_FAILED' })).toEqual({ about: 'data', resources: [] });
});

test('integration-created names the tenant that the link was made for', () => {
  const created = (origin_id: unknown, category = 'ATS') =>
    about('integration-created', { id: ACCOUNT, category, end_user: { origin_id } });
  expect(created('11111111-1111-4111-8111-11111111111A')).toEqual({ about: 'connected', tenantId: '11111111-1111-4111-8111-11111111111a' });
  expect(created('tenant-1')).toEqual({ about: 'nothing' });
  expect(created('11111111-1111-4111-8111-111111111111', 'HRIS')).toEqual({ about: 'nothing' });
});

describe('integration-state-changed', () => {
  const at = '2026-03-01T09:00:00.000Z';
  const told = (states: object) => about('integration-state-changed', { integration_category: 'ATS', updated_at: at, ...states });
  const sound = { state: 'ACTIVE', setup_status: 'COMPLETED', qa_status: 'PASSED' };
  it.each([
    [{}, 'ACTIVE'],
    [{ state: 'INVALID' }, 'INTEGRATION.AUTHENTICATION_INVALID'],
    [{ state: 'INACTIVE' }, 'INTEGRATION.INACTIVE'],
    [{ setup_status: 'INCOMPLETE' }, 'INTEGRATION.SETUP_INCOMPLETE'],
    [{ setup_status: 'FINAL_SYNC_PENDING' }, 'INTEGRATION.SETUP_SYNC_PENDING'],
    [{ qa_status: 'FAILED' }, 'INTEGRATION.QA_FAILED'],
    [{ qa_status: 'PENDING' }, 'QA_PENDING'],
    [{ state: 'NEW' }, 'UNKNOWN'],
  ])('with %j says %s', (states, code) => {
    expect(told({ ...sound, ...states })).toEqual({ about: 'state', code, at });
  });

  it('without a readable time undoes nothing that is known', () => {
    expect(told({ ...sound, updated_at: 'soon' })).toMatchObject({ at: '1970-01-01T00:00:00.000Z' });
  });
});

test('whatever comes is read without throwing, and names only types of the list', () => {
  const anything = fc.oneof(fc.anything(), fc.record({ id: fc.anything(), type: fc.constantFrom(...webhooks.types), data: fc.anything() }));
  fc.assert(
    fc.property(anything, (body) => webhooks.types.includes(webhooks.read(body, {}).type)),
    { numRuns: 2000 },
  );
});
