import fc from 'fast-check';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { countDropped } from '../contract/dropped.js';
import { mapItem } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { recordOf } from './fixtures.for-spec.js';
import { MAPPINGS } from './mapper.js';

const mapped = (resource: Resource, changes: object = {}) => mapItem(MAPPINGS[resource], { ...recordOf(resource), ...changes });
const fieldsOf = (resource: Resource, changes: object = {}) => {
  const result = mapped(resource, changes);
  if ('setAside' in result) throw new Error(`set aside: ${result.setAside.field}`);
  return result.record.fields;
};

describe('a record of Ashby', () => {
  it('becomes a user, times in UTC', () => {
    expect(mapped('user')).toEqual({
      record: {
        resource: 'user',
        externalId: 'a1111111-0000-4000-8000-000000000001',
        remoteId: 'a1111111-0000-4000-8000-000000000001',
        deleted: false,
        fields: { firstName: 'Grace', lastName: 'Hopper', email: 'grace@hopper.example', remoteUpdatedAt: '2026-02-11T09:30:00.000Z' },
      },
    });
  });

  it('becomes a job, with its stages and its team as references', () => {
    const stage = (number: number) => `e1111111-0000-4000-8000-00000000000${number}`;
    expect(fieldsOf('job')).toEqual({
      name: 'Engineer',
      status: 'open',
      visibility: 'public',
      location: { name: 'Stockholm, Sweden', city: 'Stockholm', region: null, country: 'Sweden' },
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
      stages: [
        { externalId: stage(1), remoteId: stage(1), name: 'Application review', position: 0 },
        { externalId: stage(2), remoteId: stage(2), name: 'Alva test', position: 1 },
      ],
      hiringTeam: ['a1111111-0000-4000-8000-000000000001'],
    });
  });

  it('becomes a candidate, the name taken apart', () => {
    expect(fieldsOf('candidate')).toEqual({
      firstName: 'Ada',
      lastName: 'van der Lovelace',
      email: 'ada@lovelace.example',
      remoteCreatedAt: '2026-02-10T08:00:00.000Z',
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
    });
  });

  it('becomes an application that refers to the ids of the other records', () => {
    expect(fieldsOf('application')).toEqual({
      candidateId: recordOf('candidate')['id'],
      jobId: recordOf('job')['id'],
      stageId: 'e1111111-0000-4000-8000-000000000002',
      stageName: 'Alva test',
      remoteCreatedAt: '2026-02-10T08:00:00.000Z',
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
    });
  });

  it.each(RESOURCES)('loses everything that the allowlist does not name (%s)', (resource) => {
    expect(JSON.stringify(recordOf(resource))).toContain('FORBIDDEN');
    expect(JSON.stringify(mapped(resource))).not.toContain('FORBIDDEN');
  });

  it.each(RESOURCES)('may have nothing but an id (%s)', (resource) => {
    expect(mapItem(MAPPINGS[resource], { id: 'x' })).toMatchObject({ record: { externalId: 'x', remoteId: 'x', deleted: false } });
  });
});

describe('a value', () => {
  it.each([
    ['Draft', 'draft'],
    ['Open', 'open'],
    ['Closed', 'closed'],
    ['Archived', 'archived'],
    ['Paused', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('status %s of a job is %s', (status, ours) => {
    expect(fieldsOf('job', { status })).toMatchObject({ status: ours });
  });

  it.each([
    [{}, 'public'],
    [{ confidential: true }, 'private'],
    [{ isListed: false }, 'private'],
    [{ status: 'Closed' }, 'private'],
    [{ status: 'Paused' }, 'unknown'],
    [{ isListed: null }, 'unknown'],
    [{ confidential: undefined }, 'unknown'],
    [{ confidential: undefined, isListed: null, status: 'Draft' }, 'private'],
  ])('a listed open job with %j is %s', (changes, visibility) => {
    expect(fieldsOf('job', changes)).toMatchObject({ visibility });
  });

  it.each([
    [{ address: { addressLocality: 'Lyon', addressRegion: 'Rhône', addressCountry: 'FR' } }, 'Lyon, Rhône, FR'],
    [{ address: { postalAddress: { addressCountry: 'FR' }, addressLocality: 'Lyon' } }, 'Lyon, FR'],
  ])('location %j is named of its parts, wherever they stand', (location, name) => {
    expect(fieldsOf('job', { location })).toMatchObject({ location: { name } });
  });

  it.each([
    null,
    {},
    { name: 'Rue 1' },
    { address: null },
    { address: { streetAddress: 'Rue 1', postalAddress: { streetAddress: 'Rue 1' } } },
  ])('location %j is none', (location) => {
    expect(fieldsOf('job', { location })).toMatchObject({ location: null });
  });

  it('counts once where a stage or a team member is listed twice', () => {
    const twice = { stages: [{ id: 's' }, { id: 's' }], hiringTeam: [{ userId: 'u' }, { userId: 'u' }] };
    expect(fieldsOf('job', twice)).toMatchObject({ stages: [{ externalId: 's' }], hiringTeam: ['u'] });
  });

  it('of an application without a stage is none', () => {
    expect(fieldsOf('application', { currentInterviewStage: null })).toMatchObject({ stageId: null, stageName: null });
  });
});

describe('a record is set aside, with its id and never its content,', () => {
  it.each([
    ['user', { email: ['x'] }, 'email'],
    ['user', { updatedAt: 'yesterday' }, 'updatedAt'],
    ['job', { confidential: 'no' }, 'confidential'],
    ['job', { location: { address: 'Rue 1' } }, 'location.address'],
    ['job', { stages: [null] }, 'stages'],
    ['job', { stages: [{ title: 'no id' }] }, 'stages.id'],
    ['job', { stages: [{ id: 's', orderInInterviewPlan: 0.5 }] }, 'stages.orderInInterviewPlan'],
    ['job', { hiringTeam: [{ email: 'x' }] }, 'hiringTeam.userId'],
    ['candidate', { name: 7 }, 'name'],
    ['candidate', { primaryEmailAddress: 'a@b.example' }, 'primaryEmailAddress'],
    ['application', { job: { id: '' } }, 'job.id'],
    ['application', { candidate: [] }, 'candidate'],
  ] as const)('where a %s has %j', (resource, changes, field) => {
    expect(mapped(resource, changes)).toEqual({ setAside: { externalId: recordOf(resource)['id'], reason: 'field-malformed', field } });
  });

  it.each([
    [null, 'not-an-object'],
    [{}, 'id-missing'],
    [{ id: 7 }, 'id-malformed'],
    [JSON.parse('{"__proto__": {"id": "x"}}'), 'id-missing'],
  ])('where it is %j', (value, reason) => {
    expect(mapItem(MAPPINGS.user, value)).toEqual({ setAside: { externalId: null, reason, field: null } });
  });
});

describe('dropped fields', () => {
  const dropped = (resource: Resource, changes: object = {}) => {
    const counts = new Map<string, number>();
    countDropped({ ...recordOf(resource), ...changes }, TAKEN[resource], LEFT_BEHIND[resource], counts);
    return Object.fromEntries(counts);
  };

  it('are counted by their documented names, those of parts with their path', () => {
    expect(dropped('job')).toMatchObject({
      compensation: 1,
      author: 1,
      'location.name': 1,
      'location.address.postalAddress.streetAddress': 1,
      'stages.type': 2,
      'hiringTeam.email': 1,
    });
    expect(dropped('application')).toMatchObject({ submitterClientIp: 1, 'candidate.primaryPhoneNumber': 1, 'candidate.name': 1 });
  });

  it.each(RESOURCES)('of the documented shape are all known by name (%s)', (resource) => {
    expect(dropped(resource)).not.toHaveProperty('*');
  });

  it('of an unknown name count as *, never as themselves', () => {
    expect(dropped('candidate', { 'personnummer 19900101-1234': 1 })).toMatchObject({ '*': 1 });
  });
});

test('whatever comes, nothing is thrown and no field beyond the allowlist is given', () => {
  const hostile = fc.constantFrom(...RESOURCES).chain((resource) => {
    const keys = fc.oneof(fc.constantFrom(...Object.keys(recordOf(resource)), '__proto__', 'constructor'), fc.string());
    return fc.tuple(fc.constant(resource), fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue(), { maxKeys: 5 })));
  });
  let records = 0;
  fc.assert(
    fc.property(hostile, ([resource, value]) => {
      const result = mapItem(MAPPINGS[resource], typeof value === 'object' ? { ...recordOf(resource), ...value } : value);
      if ('setAside' in result) return;
      records++;
      for (const name of Object.keys(result.record.fields)) expect(fieldNamesOf(resource)).toContain(name);
      expect(JSON.stringify(result)).not.toContain('FORBIDDEN');
    }),
    { numRuns: 3_000 },
  );
  expect(records).toBeGreaterThan(300);
});
