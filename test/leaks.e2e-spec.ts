import { scanForLeaks, type LeakReport } from './world/leak-scan.js';

/** Every text of the source that the allowlist lets in. */
const ADMITTED = {
  application: ['application.current_stage.name'],
  ats_user: ['user.email', 'user.first_name', 'user.last_name'],
  candidate: ['candidate.email_addresses.first.email_address', 'candidate.first_name', 'candidate.last_name'],
  job: ['job.location.city', 'job.location.country', 'job.location.state', 'job.name', 'job.stages.*.name'],
};

/** One of each kind of place at the source that carries a marker. */
const CARRIERS = [
  'candidate.phone_numbers.*.phone_number',
  'candidate.email_addresses.*.email_address',
  'candidate.custom_fields.salary_expectation',
  'candidate.custom_fields.salary_expectation (the key)',
  'candidate.remote_data.candidate.expected_salary',
  'candidate.remote_data.candidate.notes.*.text',
  'candidate.brand_new_object.mobile',
  'job.salary_amount',
  'job.location.street_1',
  'job.hiring_team.*.first_name',
  'application.candidate.last_name',
  'application.screening_question_answers.*.answer.content',
  'user.status',
  'error.error.message',
  'error.error.log_url',
  'html',
  'header.x-ats-account',
  'other.end_user.organization_name',
];

let report: LeakReport;

beforeAll(async () => {
  report = await scanForLeaks();
}, 120_000);

test('after syncs of both kinds, spoiled records, failures of every kind, webhooks and a crash, no marker is where it must not be', () => {
  expect(report.findings).toEqual([]);
});

test('the source really sent markers, in fields, keys, numbers, error bodies, pages and headers', () => {
  expect(report.carriers).toEqual(expect.arrayContaining(CARRIERS));
  expect(report.carriers.length).toBeGreaterThan(300);
});

test.each(Object.entries(ADMITTED))('the search sees: every admitted text of %s is found in its table', (table, fields) => {
  expect(report.seen[`rows of public.${table}`]).toEqual(fields);
});

test.each([
  'database log',
  'file database/cluster/base/N/N, after the checkpoint',
  'file database/cluster/pg_wal/N, before the checkpoint',
  'file database/cluster/pg_wal/N, after the checkpoint',
])('the search sees: every admitted text is found in %s', (place) => {
  expect(report.seen[place]).toEqual(Object.values(ADMITTED).flat().sort());
});

test('the search looks through metrics', () => {
  expect(report.answers).toContain('answer 200 to GET /metrics');
});

test('the search looks through deliveries of events', () => {
  expect(report.bytes['deliveries']).toBeGreaterThan(10_000);
});

test('the search sees: every admitted text is found in an answer', () => {
  const answers = Object.entries(report.seen).filter(([place]) => place.startsWith('answer 200'));
  expect([...new Set(answers.flatMap(([, fields]) => fields))].sort()).toEqual(Object.values(ADMITTED).flat().sort());
});

test.each(['log', 'traces', 'answer 200', 'answer 202', 'answer 400', 'answer 401', 'answer 403', 'answer 404', 'rows', 'database log'])(
  'there was something to look through: %s',
  (kind) => {
    expect(report.bytes[kind]).toBeGreaterThan(500);
  },
);
