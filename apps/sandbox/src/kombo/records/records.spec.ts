import { StartedSandbox, type Row } from '../../sandbox-under-spec.js';

const CANARY = 'kanarie-7731';

/** Texts that the allowlist admits, ids, dates, and values of closed lists: everywhere else the canary has to stand. */
const WITHOUT_CANARY =
  /\.(id|\w*_id|remote_id|first_name|last_name|\w*_at|type|status|visibility|outcome|\w*_type|\w*_status|scope|display_type|category|date|salary_currency|salary_period|city|country|state)$|\.email_addresses\.0\.email_address$|^\.hiring_team\.\d+\.email$|^\.email$|^\.name$|\.(job|current_stage)\.name$|^\.stages\.\d+\.name$|^\.job_postings\.\d+\.title$|\.hiring_team_roles\.\d+$|\.accepted_mime_types\.\d+$|\.question\.title$|^\.remote_data\.candidate\.(name|notes\.\d+\.author)$|\.stage\.id$/;

function texts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

describe('records', () => {
  let sandbox: StartedSandbox;
  const rows = new Map<string, Row[]>();

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    const id = await sandbox.integration({ candidates: 600, jobs: 120, users: 90, canary: CANARY });
    for (const resource of ['jobs', 'users', 'candidates', 'applications']) rows.set(resource, await sandbox.all(id, `/ats/${resource}`));
  });
  afterAll(() => sandbox.close());

  const of = (resource: string) => rows.get(resource) ?? [];

  it.each(['jobs', 'users', 'candidates', 'applications'])('%s carry the canary in every text that must not enter', (resource) => {
    const bare = of(resource)
      .flatMap((row) => texts(row))
      .filter(([path, text]) => !WITHOUT_CANARY.test(path) && !text.includes(CANARY));
    expect(bare).toEqual([]);
    expect(JSON.stringify(of(resource)).split(CANARY).length).toBeGreaterThan(of(resource).length);
  });

  it.each([
    [
      'candidates',
      [
        'phone_numbers',
        'social_media',
        'company',
        'title',
        'source',
        'location',
        'custom_fields',
        'integration_fields',
        'remote_data',
        'tags',
      ],
    ],
    [
      'applications',
      [
        'screening_question_answers',
        'custom_fields',
        'integration_fields',
        'remote_data',
        'interviews',
        'offers',
        'rejection_reason_name',
        'rejected_at',
      ],
    ],
    [
      'jobs',
      [
        'description',
        'salary_amount',
        'salary_currency',
        'weekly_hours',
        'screening_questions',
        'custom_fields',
        'integration_fields',
        'remote_data',
        'contact_id',
      ],
    ],
    ['users', ['system_roles', 'status', 'remote_data']],
  ])('%s have every key always, and each sensitive one filled somewhere: %j', (resource, sensitive) => {
    const keys = Object.keys(of(resource)[0] ?? {}).sort();
    for (const row of of(resource)) expect(Object.keys(row).sort()).toEqual(keys);
    const isFilled = (value: unknown) => value !== null && value !== undefined && (!Array.isArray(value) || value.length > 0);
    for (const key of sensitive) expect([key, of(resource).some((row) => isFilled(row[key]))]).toEqual([key, true]);
  });

  it('hold names of several scripts, single names, and candidates with no address, one and several', () => {
    const names = of('candidates')
      .map(({ first_name: first, last_name: last }) => `${first} ${last}`)
      .join('\n');
    for (const script of ['Han', 'Arabic', 'Cyrillic', 'Hebrew', 'Devanagari', 'Thai', 'Hangul'])
      expect(names).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    expect(names).toMatch(/null/);
    const addresses = new Set(of('candidates').map((row) => row['email_addresses'].length));
    expect(addresses).toEqual(new Set([0, 1, 3]));
  });

  it('hold jobs with four to seven stages, some without an assessment, some without a place', () => {
    const counts = of('jobs').map(({ stages }) => stages.length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([4, 7]);
    const withAssessment = of('jobs').filter(({ stages }) => stages.some(({ name }: { name: string }) => name === 'Alva Assessment'));
    expect(withAssessment.length / of('jobs').length).toBeGreaterThan(0.6);
    expect(withAssessment.length).toBeLessThan(of('jobs').length);
    expect(of('jobs').some(({ location }) => location === null)).toBe(true);
    expect(new Set(of('jobs').map(({ status }) => status))).toEqual(new Set(['OPEN', 'CLOSED', 'DRAFT', 'ARCHIVED']));
  });

  it('are the same again from the same seed, and others from another', async () => {
    const again = await sandbox.integration({ candidates: 600, jobs: 120, users: 90, canary: CANARY });
    const other = await sandbox.integration({ candidates: 600, jobs: 120, users: 90, canary: CANARY, seed: 8 });
    const people = (candidates: Row[]) =>
      candidates.map(({ remote_id, first_name, email_addresses }) => [remote_id, first_name, email_addresses[0]?.email_address]);
    const candidates = await sandbox.all(again, '/ats/candidates');
    expect(people(candidates)).toEqual(people(of('candidates')));
    expect(candidates[0]?.['id']).not.toBe(of('candidates')[0]?.['id']);
    expect(people(await sandbox.all(other, '/ats/candidates'))).not.toEqual(people(of('candidates')));
  });
});
