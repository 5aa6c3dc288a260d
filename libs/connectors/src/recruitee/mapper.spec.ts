import fc from 'fast-check';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { countDropped } from '../contract/dropped.js';
import { mapItem } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { firstOf, itemOf } from './fixtures.for-spec.js';
import { recruitee } from './index.js';
import { MAPPINGS } from './mapper.js';
import { isVacancy, offerOf } from './offers.js';
import { placementsOf } from './placements.js';

const mapped = (resource: Resource, changes: object = {}) => mapItem(MAPPINGS[resource], { ...itemOf(resource), ...changes });
const fieldsOf = (resource: Resource, changes: object = {}) => {
  const result = mapped(resource, changes);
  if ('setAside' in result) throw new Error(`set aside: ${result.setAside.field}`);
  return result.record.fields;
};

describe('a record of Recruitee', () => {
  it('becomes a user', () => {
    const fields = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@hopper.example' };
    expect(mapped('user')).toEqual({ record: { resource: 'user', externalId: '901', remoteId: '901', deleted: false, fields } });
  });

  it('becomes a job, with the stages of its pipeline, and its recruiter, manager and followers once each', () => {
    expect(fieldsOf('job')).toEqual({
      name: 'Engineer',
      status: 'open',
      visibility: 'public',
      location: { name: 'Amsterdam, Noord-Holland, NL', city: 'Amsterdam', region: 'Noord-Holland', country: 'NL' },
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
      stages: [
        { externalId: '71', remoteId: '71', name: 'Applied', position: 0 },
        { externalId: '72', remoteId: '72', name: 'Alva test', position: 1 },
      ],
      hiringTeam: ['901', '902', '903'],
    });
  });

  it('becomes an application, named as a placement is, in a stage of its job', () => {
    expect(mapped('application')).toMatchObject({ record: { externalId: '801', remoteId: '801' } });
    expect(fieldsOf('application')).toEqual({
      candidateId: '301',
      jobId: '501',
      stageId: '72',
      stageName: 'Alva test',
      remoteCreatedAt: '2026-02-11T09:30:00.000Z',
      remoteUpdatedAt: '2026-02-12T09:30:00.000Z',
    });
    expect(fieldsOf('job')).toMatchObject({ stages: expect.arrayContaining([expect.objectContaining({ externalId: '72' })]) });
    expect([mapped('job'), mapped('candidate')]).toMatchObject([{ record: { externalId: '501' } }, { record: { externalId: '301' } }]);
  });

  it('becomes a candidate, the one name taken apart, with the first address', () => {
    expect(fieldsOf('candidate')).toEqual({
      firstName: 'Ada',
      lastName: 'van der Lovelace',
      email: 'ada@lovelace.example',
      remoteCreatedAt: '2026-02-11T09:30:00.000Z',
      remoteUpdatedAt: '2026-02-12T09:30:00.000Z',
    });
  });

  it.each(RESOURCES)('loses everything that the allowlist does not name (%s)', (resource) => {
    expect(JSON.stringify(itemOf(resource))).toContain('FORBIDDEN');
    expect(JSON.stringify(mapped(resource))).not.toContain('FORBIDDEN');
  });

  it.each(RESOURCES)('may have nothing but an id (%s)', (resource) => {
    expect(mapItem(MAPPINGS[resource], { id: 7 })).toMatchObject({ record: { externalId: '7', remoteId: '7', deleted: false } });
  });

  it.each(RESOURCES)('fills what its reader says, and no more (%s)', (resource) => {
    expect(Object.keys(fieldsOf(resource)).sort()).toEqual([...recruitee.ports.read[resource].fills].sort());
  });

  it.each([
    ['user', ['*', 'role']],
    ['application', ['*', 'disqualified', 'hired_at', 'position']],
    ['candidate', [...LEFT_BEHIND.candidate].sort()],
    ['job', ['*', ...LEFT_BEHIND.job].filter((name) => name !== 'closed_at').sort()],
  ] as const)('is counted by documented names, and the rest of it by none (%s)', (resource, names) => {
    const counts = new Map<string, number>();
    countDropped(itemOf(resource), TAKEN[resource], LEFT_BEHIND[resource], counts);
    expect([...counts.keys()].sort()).toEqual(names);
  });
});

describe('a value', () => {
  it.each([
    ['draft', 'draft', 'private'],
    ['published', 'open', 'public'],
    ['internal', 'open', 'private'],
    ['closed', 'closed', 'private'],
    ['archived', 'archived', 'private'],
    ['paused', 'unknown', 'unknown'],
    ['constructor', 'unknown', 'unknown'],
    [null, 'unknown', 'unknown'],
  ])('status %s of an offer is %s, seen as %s', (status, ours, visibility) => {
    expect(fieldsOf('job', { status })).toMatchObject({ status: ours, visibility });
  });

  it.each([
    [
      { city: null, state_name: null },
      { name: 'NL', city: null, region: null, country: 'NL' },
    ],
    [{ city: null, state_name: null, country_code: null }, null],
  ])('location %j is %j: the whole address is not read', (changes, location) => {
    expect(fieldsOf('job', changes)).toMatchObject({ location });
  });

  it.each([
    ['2026-02-11 09:30:00 UTC', '2026-02-11T09:30:00.000Z'],
    ['2026-02-11T10:30:00+01:00', '2026-02-11T09:30:00.000Z'],
    [null, null],
  ])('time %j is %j', (updated_at, time) => {
    expect(fieldsOf('candidate', { updated_at })).toMatchObject({ remoteUpdatedAt: time });
  });

  it.each([[null], [[]], [['']]])('emails %j are none', (emails) => {
    expect(fieldsOf('candidate', { emails })).toMatchObject({ email: null });
  });

  it.each([
    [{ followers: null, recruiter_id: null, hiring_manager_id: null }, []],
    [{ followers: ['a', { id: 'b' }, 901] }, ['901', '902', 'a', 'b']],
  ])('team %j is %j', (changes, hiringTeam) => {
    expect(mapItem(MAPPINGS.job, offerOf({ ...firstOf('job'), ...changes }))).toMatchObject({ record: { fields: { hiringTeam } } });
  });

  it.each([null, { stages: null }, { stages: [] }])('pipeline %j has no stages', (pipeline_template) => {
    expect(fieldsOf('job', { pipeline_template })).toMatchObject({ stages: [] });
  });

  it.each([
    ['job', true],
    ['talent_pool', false],
    ['campaign', false],
    [null, true],
    [undefined, true],
  ])('kind %s of an offer makes it a vacancy: %s', (kind, isOne) => {
    expect(isVacancy({ id: 1, kind })).toBe(isOne);
  });
});

describe('the placements of a candidate', () => {
  it('carry the number of the candidate that they stand with', () => {
    expect(placementsOf({ id: 7, placements: [{ id: 1, candidate_id: 8 }, { id: 2 }] })).toEqual([
      { id: 1, candidate_id: 7 },
      { id: 2, candidate_id: 7 },
    ]);
  });

  it.each([[{ id: 7 }], [{ id: 7, placements: null }], [{ id: 7, placements: [] }]])('are none of %j', (candidate) => {
    expect(placementsOf(candidate)).toEqual([]);
  });

  it.each([['text'], [{ id: 7, placements: {} }], [{ id: 7, placements: ['x'] }]])(
    'are set aside where they cannot be read: %j',
    (candidate) => {
      const results = placementsOf(candidate).map((item) => mapItem(MAPPINGS.application, item));
      expect(results).toEqual([{ setAside: { externalId: null, reason: 'not-an-object', field: null } }]);
    },
  );
});

describe('a record is set aside, with its id and never its content,', () => {
  it.each([
    ['user', { first_name: 7 }, 'first_name'],
    ['job', { updated_at: 'yesterday' }, 'updated_at'],
    ['job', { updated_at: '2026-13-11 09:30:00 UTC' }, 'updated_at'],
    ['job', { followers: [{ email: 'x' }] }, 'followers.id'],
    ['job', { recruiter_id: -1 }, 'recruiter_id'],
    ['job', { pipeline_template: [] }, 'pipeline_template'],
    ['job', { pipeline_template: { stages: [{ name: 'no id' }] } }, 'pipeline_template.stages.id'],
    ['job', { pipeline_template: { stages: [{ id: 0.5 }] } }, 'pipeline_template.stages.id'],
    ['application', { offer_id: {} }, 'offer_id'],
    ['application', { stage_name: 7 }, 'stage_name'],
    ['candidate', { emails: 'a@b.example' }, 'emails'],
    ['candidate', { name: ['x'] }, 'name'],
  ] as const)('where a %s has %j', (resource, changes, field) => {
    expect(mapped(resource, changes)).toEqual({
      setAside: { externalId: String(itemOf(resource)['id']), reason: 'field-malformed', field },
    });
  });

  it.each([
    [{}, 'id-missing'],
    [{ id: -1 }, 'id-malformed'],
    [{ id: 2 ** 53 }, 'id-malformed'],
    [[], 'not-an-object'],
  ])('or without one where it is %j', (item, reason) => {
    expect(mapItem(MAPPINGS.job, item)).toEqual({ setAside: { externalId: null, reason, field: null } });
  });
});

test('the mapper throws nothing and gives no key beyond the allowlist, whatever comes', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 0, 1e308, [], {}, [{}], '2026-01-01T00:00:00Z', '\ud800'));
  const hostile = fc.constantFrom(...RESOURCES).chain((resource) => {
    const keys = fc.constantFrom(...Object.keys(itemOf(resource)), 'placements', '__proto__', 'constructor');
    const changes = fc.dictionary(keys, anything, { maxKeys: 5 });
    const changed = changes.map((change) => ({ ...itemOf(resource), ...change }));
    return fc.tuple(fc.constant(resource), fc.oneof(anything, changes, changed));
  });
  let records = 0;
  fc.assert(
    fc.property(hostile, ([resource, value]) => {
      for (const item of [value, offerOf(value), ...placementsOf(value)]) {
        const result = mapItem(MAPPINGS[resource], item);
        if ('setAside' in result) continue;
        records++;
        for (const name of Object.keys(result.record.fields)) expect(fieldNamesOf(resource)).toContain(name);
      }
    }),
    { numRuns: 5_000 },
  );
  expect(records).toBeGreaterThan(500);
});
