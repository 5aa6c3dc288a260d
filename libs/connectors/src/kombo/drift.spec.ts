import { driftOf } from './drift.js';

const field = (id: string, is_available = true) => ({ id, is_available });
const model = (id: string, fields: object[] = [], is_available = true) => ({ id, is_available, fields });

const NEEDED = ['first_name', 'last_name', 'email_addresses'].map((name) => field(name));

test('what the allowlist needs and no more is no drift', () => {
  const ties = ['remote_created_at', 'applications'].map((name) => field(name));
  expect(
    driftOf([model('ats_candidates', [...NEEDED, ...ties, field('company', false)]), model('ats_application_stages', [field('name')])]),
  ).toEqual({
    excess: [],
    lacking: [],
  });
});

test('what is collected beyond the allowlist is named where the documentation names it', () => {
  const models = [
    model('ats_candidates', [...NEEDED, field('phone_numbers'), field('SECRET field')]),
    model('ats_offers'),
    model('SECRET model'),
  ];
  expect(driftOf(models)).toEqual({ excess: ['*', 'ats_candidates.*', 'ats_candidates.phone_numbers', 'ats_offers'], lacking: [] });
});

test('a model or a needed field that is off is lacking', () => {
  const models = [
    model('ats_candidates', [field('first_name', false), ...NEEDED.slice(1)]),
    model('ats_jobs', [field('name', false)], false),
  ];
  expect(driftOf(models)).toEqual({ excess: [], lacking: ['ats_candidates.first_name', 'ats_jobs'] });
});

test.each([undefined, null, 'x', {}])('%j tells nothing', (models) => expect(driftOf(models)).toBeNull());

test('what is malformed among the models is passed over', () => {
  expect(driftOf([null, 1, { id: 5, is_available: true }, model('ats_users', [])])).toEqual({ excess: ['*'], lacking: [] });
});
