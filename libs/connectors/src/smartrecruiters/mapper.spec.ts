import fc from 'fast-check';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { countDropped } from '../contract/dropped.js';
import { mapItem } from '../contract/record-page.js';
import { applicationsOf } from './applications.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { CANDIDATE_ID, itemOf, JOB_ID, USER_ID } from './fixtures.for-spec.js';
import { smartrecruiters } from './index.js';
import { MAPPINGS } from './mapper.js';

const mapped = (resource: Resource, changes: object = {}) => mapItem(MAPPINGS[resource], { ...itemOf(resource), ...changes });
const fieldsOf = (resource: Resource, changes: object = {}) => {
  const result = mapped(resource, changes);
  if ('setAside' in result) throw new Error(`set aside: ${result.setAside.field}`);
  return result.record.fields;
};
const assigned = (status: unknown, subStatus: unknown = null) =>
  fieldsOf('application', { assignment: { job: { id: JOB_ID }, status, subStatus } });

describe('a record of SmartRecruiters', () => {
  it('becomes a user', () => {
    expect(mapped('user')).toEqual({
      record: {
        resource: 'user',
        externalId: USER_ID,
        remoteId: USER_ID,
        deleted: false,
        fields: {
          firstName: 'Grace',
          lastName: 'Hopper',
          email: 'grace@hopper.example',
          remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
        },
      },
    });
  });

  it('becomes a job, with its sub-statuses as stages and its team as references', () => {
    const at = (position: number, id: string, name: string) => ({
      externalId: `${JOB_ID}:${id}`,
      remoteId: `${JOB_ID}:${id}`,
      name,
      position,
    });
    expect(fieldsOf('job')).toEqual({
      name: 'Engineer',
      status: 'open',
      visibility: 'public',
      location: { name: 'Stockholm, Stockholms län, SE', city: 'Stockholm', region: 'Stockholms län', country: 'SE' },
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
      stages: [
        at(0, 'LEAD', 'Lead'),
        at(1, 'NEW', 'New'),
        at(2, 'IN_REVIEW', 'In review'),
        at(3, 'IN_REVIEW:Phone%20screen', 'Phone screen'),
        at(4, 'IN_REVIEW:Alva%20test', 'Alva test'),
        at(5, 'INTERVIEW', 'Interview'),
        at(6, 'INTERVIEW:F%C3%B6rsta%20intervju', 'Första intervju'),
        at(7, 'OFFERED', 'Offered'),
        at(8, 'HIRED', 'Hired'),
      ],
      hiringTeam: [USER_ID],
    });
  });

  it('becomes an application in a stage of its job', () => {
    const stageId = `${JOB_ID}:IN_REVIEW:Alva%20test`;
    expect(mapped('application')).toMatchObject({ record: { externalId: `${CANDIDATE_ID}:${JOB_ID}` } });
    expect(fieldsOf('application')).toEqual({ candidateId: CANDIDATE_ID, jobId: JOB_ID, stageId, stageName: 'Alva test' });
    expect(fieldsOf('job')).toMatchObject({ stages: expect.arrayContaining([expect.objectContaining({ externalId: stageId })]) });
  });

  it('becomes a candidate', () => {
    expect(fieldsOf('candidate')).toEqual({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@lovelace.example',
      remoteCreatedAt: '2026-02-11T09:30:00.000Z',
      remoteUpdatedAt: '2026-02-12T09:30:00.000Z',
    });
  });

  it.each(RESOURCES)('loses everything that the allowlist does not name (%s)', (resource) => {
    expect(JSON.stringify(itemOf(resource))).toContain('FORBIDDEN');
    expect(JSON.stringify(mapped(resource))).not.toContain('FORBIDDEN');
  });

  it.each(RESOURCES)('fills what its reader says, and no more (%s)', (resource) => {
    expect(Object.keys(fieldsOf(resource)).sort()).toEqual([...smartrecruiters.ports.read[resource].fills].sort());
  });

  it.each(RESOURCES)('is counted by documented names alone where all of it is documented (%s)', (resource) => {
    const counts = new Map<string, number>();
    countDropped(itemOf(resource), TAKEN[resource], LEFT_BEHIND[resource], counts);
    expect(counts.size).toBeGreaterThan(2);
    expect([...counts.keys()].filter((name) => !LEFT_BEHIND[resource].has(name))).toEqual([]);
  });
});

describe('a value', () => {
  it.each([
    ['CREATED', 'open'],
    ['SOURCING', 'open'],
    ['INTERVIEW', 'open'],
    ['OFFER', 'open'],
    ['FILLED', 'closed'],
    ['CANCELLED', 'closed'],
    ['ON_HOLD', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('status %s of a job is %s', (status, ours) => {
    expect(fieldsOf('job', { status })).toMatchObject({ status: ours });
  });

  it.each([
    ['PUBLIC', 'public'],
    ['INTERNAL', 'private'],
    ['NOT_PUBLISHED', 'private'],
    ['PRIVATE', 'private'],
    ['SECRET', 'unknown'],
  ])('posting status %s of a job is %s', (postingStatus, ours) => {
    expect(fieldsOf('job', { postingStatus })).toMatchObject({ visibility: ours });
  });

  it.each([
    [{ country: 'France', regionCode: 'ARA' }, 'ARA, France'],
    [{ address: 'Rue 1', postalCode: '69001' }, null],
    [null, null],
  ])('location %j is named %j', (location, name) => {
    expect(fieldsOf('job', { location })).toMatchObject({ location: name === null ? null : { name } });
  });

  it.each([
    ['NEW', null, `${JOB_ID}:NEW`, 'New'],
    ['REJECTED', 'A reason', null, 'Rejected'],
    ['WITHDRAWN', 'A reason', null, 'Withdrawn'],
    ['TRANSFERRED', null, null, 'Transferred'],
    ['SECRET', 'SECRET', null, null],
    [null, 'SECRET', null, null],
    ['INTERVIEW', 'å'.repeat(50), null, 'å'.repeat(50)],
  ])('status %s with sub-status %j stands in %j, named %j', (status, subStatus, stageId, stageName) => {
    expect(assigned(status, subStatus)).toMatchObject({ stageId, stageName });
  });
});

describe('a record is set aside, with its id and never its content,', () => {
  it.each([
    ['user', { firstName: 7 }, 'firstName'],
    ['user', { updatedOn: 'yesterday' }, 'updatedOn'],
    ['job', { location: 'Lyon' }, 'location'],
    ['job', { hiringTeam: [{ role: 'RECRUITER' }] }, 'hiringTeam.id'],
    ['job', { subStatuses: [] }, 'subStatuses'],
    ['candidate', { email: ['x'] }, 'email'],
  ] as const)('where a %s has %j', (resource, changes, field) => {
    const externalId = itemOf(resource)['id'];
    expect(mapped(resource, changes)).toEqual({ setAside: { externalId, reason: 'field-malformed', field } });
  });
});

test('the mapper throws nothing and gives no key beyond the allowlist, whatever comes', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 0, 1e308, [], {}, [{}], '2026-01-01T00:00:00Z', '\ud800'));
  const hostile = fc.constantFrom(...RESOURCES).chain((resource) => {
    const keys = fc.constantFrom(...Object.keys(itemOf(resource)), 'primaryAssignment', 'secondaryAssignments', '__proto__', 'constructor');
    const changes = fc.dictionary(keys, anything, { maxKeys: 5 });
    return fc.tuple(
      fc.constant(resource),
      fc.oneof(
        anything,
        changes,
        changes.map((change) => ({ ...itemOf(resource), ...change })),
      ),
    );
  });
  let records = 0;
  fc.assert(
    fc.property(hostile, ([resource, value]) => {
      for (const item of resource === 'application' ? [value, ...applicationsOf(value, null)] : [value]) {
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
