import fc from 'fast-check';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { countDropped } from '../contract/dropped.js';
import { mapItem } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { CONTACT_ID, fixtureOf, itemOf, OPPORTUNITY_ID, POSTING_ID, STAGE_ID } from './fixtures.for-spec.js';
import { deletedMapping, MAPPINGS } from './mapper.js';

const mapped = (resource: Resource, changes: object = {}) => mapItem(MAPPINGS[resource], { ...itemOf(resource), ...changes });
const fieldsOf = (resource: Resource, changes: object = {}) => {
  const result = mapped(resource, changes);
  if ('setAside' in result) throw new Error(`set aside: ${result.setAside.field}`);
  return result.record.fields;
};

describe('an item of Lever', () => {
  it('becomes a user, whose one name is taken apart', () => {
    const id = '8d49b010-cc6a-4f40-ace5-e86061c677ed';
    const fields = { firstName: 'Grace', lastName: 'van der Hopper', email: 'grace@hopper.example' };
    expect(mapped('user')).toEqual({ record: { resource: 'user', externalId: id, remoteId: id, deleted: false, fields } });
  });

  it('becomes a job with the stages of the account in their order, and everybody of its team once', () => {
    expect(fieldsOf('job')).toEqual({
      name: 'Infrastructure Engineer',
      status: 'open',
      visibility: 'public',
      location: { name: 'Malmö, SE', city: 'Malmö', region: null, country: 'SE' },
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
      stages: [
        { externalId: 'lead-new', remoteId: 'lead-new', name: 'New lead', position: 0 },
        { externalId: STAGE_ID, remoteId: STAGE_ID, name: 'Alva test', position: 1 },
      ],
      hiringTeam: ['8d49b010-cc6a-4f40-ace5-e86061c677ed', 'ec1cb1bb-8b58-4834-bc6e-b2af06296e4a', '022d6639-1333-419b-9635-31f93015335f'],
    });
  });

  it('becomes an application that is called as the opportunity is, of the contact', () => {
    expect(mapped('application')).toMatchObject({ record: { externalId: OPPORTUNITY_ID, remoteId: OPPORTUNITY_ID } });
    expect(fieldsOf('application')).toEqual({
      candidateId: CONTACT_ID,
      jobId: POSTING_ID,
      stageId: STAGE_ID,
      stageName: 'Alva test',
      remoteCreatedAt: '2026-02-11T09:30:00.000Z',
      remoteUpdatedAt: '2026-02-11T10:30:00.500Z',
    });
  });

  it('becomes a candidate that is called as the contact is, with the first address', () => {
    expect(mapped('candidate')).toMatchObject({ record: { externalId: CONTACT_ID, remoteId: CONTACT_ID } });
    expect(fieldsOf('candidate')).toEqual({ firstName: 'Ada', lastName: 'Lovelace', email: 'ada@lovelace.example' });
  });

  it.each(RESOURCES)('loses everything that the allowlist does not name, and counts it by its documented name (%s)', (resource) => {
    const counts = new Map<string, number>();
    countDropped(itemOf(resource), TAKEN[resource], LEFT_BEHIND[resource], counts);
    expect(JSON.stringify(fixtureOf(resource))).toContain('FORBIDDEN');
    expect(JSON.stringify(mapped(resource))).not.toContain('FORBIDDEN');
    expect(counts.has('*')).toBe(false);
    expect([...counts.keys()]).not.toEqual([]);
  });

  it.each(RESOURCES)('may have nothing but an id (%s)', (resource) => {
    const key = resource === 'candidate' ? 'contact' : 'id';
    expect(mapItem(MAPPINGS[resource], { [key]: 'x' })).toMatchObject({ record: { externalId: 'x', remoteId: 'x', deleted: false } });
  });

  it.each(['job', 'application'] as const)('that was deleted has no fields, whatever is left in them (%s)', (resource) => {
    const record = { resource, externalId: 'x', remoteId: 'x', deleted: true, fields: {} };
    expect(mapItem(deletedMapping(resource), { ...itemOf(resource), id: 'x', text: 7, contact: 7 })).toEqual({ record });
  });
});

describe('a value', () => {
  it.each([
    ['published', 'open', 'public'],
    ['internal', 'open', 'private'],
    ['closed', 'closed', 'private'],
    ['draft', 'draft', 'private'],
    ['pending', 'draft', 'private'],
    ['rejected', 'draft', 'private'],
    ['SECRET', 'unknown', 'unknown'],
    ['constructor', 'unknown', 'unknown'],
    [null, 'unknown', 'unknown'],
  ])('state %s of a posting is %s and %s', (state, status, visibility) => {
    expect(fieldsOf('job', { state })).toMatchObject({ status, visibility });
  });

  it.each([{ distributionChannels: ['internal'] }, { distributionChannels: null }, { confidentiality: 'confidential' }])(
    'with %j is a published posting private',
    (changes) => {
      expect(fieldsOf('job', changes)).toMatchObject({ status: 'open', visibility: 'private' });
    },
  );

  it.each([
    ['Malmö', 'SE', { name: 'Malmö, SE', city: 'Malmö', region: null, country: 'SE' }],
    ['Storgatan 1, Malmö', 'SE', { name: 'SE', city: null, region: null, country: 'SE' }],
    ['Storgatan 1', null, null],
    [null, null, null],
  ])('location %j in %j is %j', (location, country, ours) => {
    expect(fieldsOf('job', { categories: { location }, country })).toMatchObject({ location: ours });
  });

  it.each([{ categories: null }, { categories: {}, country: null }])('%j is no city', (changes) => {
    expect(fieldsOf('job', { country: null, ...changes })).toMatchObject({ location: null });
  });

  it('of a team may be missing', () => {
    expect(fieldsOf('job', { owner: null, hiringManager: null, user: null, followers: null })).toMatchObject({ hiringTeam: [] });
  });

  it('updatedAt of an opportunity that nobody has touched is null', () => {
    expect(fieldsOf('application', { updatedAt: null })).toMatchObject({ remoteUpdatedAt: null });
  });

  it.each([
    [null, null],
    [[], null],
    [['', 'b@b.example'], 'b@b.example'],
  ])('emails %j give %j', (emails, email) => {
    expect(fieldsOf('candidate', { emails })).toMatchObject({ email });
  });

  it('name of an anonymised contact is none', () => {
    expect(fieldsOf('candidate', { name: null, emails: null })).toEqual({ firstName: null, lastName: null, email: null });
  });
});

describe('a record is set aside, with its id and never its content,', () => {
  it.each([
    ['user', { name: 7 }, 'name'],
    ['job', { updatedAt: '2026-02-11T09:30:00Z' }, 'updatedAt'],
    ['job', { categories: 'Malmö' }, 'categories'],
    ['job', { owner: { id: 'u' } }, 'owner'],
    ['job', { followers: [{ id: 'u' }] }, 'followers.id'],
    ['job', { distributionChannels: 'public' }, 'distributionChannels'],
    ['application', { stage: { id: 's' } }, 'stage'],
    ['application', { createdAt: -1 }, 'createdAt'],
    ['candidate', { emails: 'a@b.example' }, 'emails'],
  ] as const)('where a %s has %j', (resource, changes, field) => {
    const externalId = itemOf(resource)[resource === 'candidate' ? 'contact' : 'id'];
    expect(mapped(resource, changes)).toEqual({ setAside: { externalId, reason: 'field-malformed', field } });
  });

  it.each([
    [null, 'not-an-object'],
    [{ id: 'x' }, 'id-missing'],
    [{ contact: 'å' }, 'id-malformed'],
  ])('where a candidate is %j', (item, reason) => {
    expect(mapItem(MAPPINGS.candidate, item)).toEqual({ setAside: { externalId: null, reason, field: null } });
  });
});

test('the mapper throws nothing and gives no key beyond the allowlist, whatever comes', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 0, 1e308, [], {}, [{}], '\ud800'));
  const hostile = fc.constantFrom(...RESOURCES).chain((resource) => {
    const keys = fc.constantFrom(...Object.keys(itemOf(resource)), '__proto__', 'constructor');
    const changes = fc.dictionary(keys, anything, { maxKeys: 5 });
    const items = fc.oneof(
      anything,
      changes.map((change) => ({ ...itemOf(resource), ...change })),
    );
    return fc.tuple(fc.constant(resource), items);
  });
  let records = 0;
  fc.assert(
    fc.property(hostile, ([resource, item]) => {
      const result = mapItem(MAPPINGS[resource], item);
      if ('setAside' in result) return;
      records++;
      for (const name of Object.keys(result.record.fields)) expect(fieldNamesOf(resource)).toContain(name);
    }),
    { numRuns: 5_000 },
  );
  expect(records).toBeGreaterThan(500);
});
