import { RESOURCES, type Resource } from '#libs/model';
import { mapItem } from '../contract/record-page.js';
import { MAPPINGS } from './mapper.js';
import { recordOf } from './fixtures.for-spec.js';

const mapped = (resource: Resource, changes: object = {}) => mapItem(MAPPINGS[resource], { ...recordOf(resource), ...changes });
const fieldsOf = (resource: Resource, changes: object = {}) => {
  const result = mapped(resource, changes);
  if ('setAside' in result) throw new Error(`set aside: ${result.setAside.field}`);
  return result.record.fields;
};

describe('a record of Kombo', () => {
  it('becomes a user', () => {
    expect(mapped('user')).toEqual({
      record: {
        resource: 'user',
        externalId: 'User11111111111111111111',
        remoteId: 'u-1',
        deleted: false,
        fields: { firstName: 'Grace', lastName: 'Hopper', email: 'grace@hopper.example' },
      },
    });
  });

  it('becomes a job, with its inactive stages and its team as references', () => {
    expect(fieldsOf('job')).toEqual({
      name: 'Engineer',
      status: 'open',
      visibility: 'private',
      location: { name: 'Stockholm, SE', city: 'Stockholm', region: null, country: 'SE' },
      remoteUpdatedAt: '2026-02-11T09:30:00.000Z',
      stages: [
        { externalId: 'Stage1111111111111111111', remoteId: 's-1', name: 'Alva test', position: 0 },
        { externalId: 'Stage1111111111111111112', remoteId: null, name: null, position: null },
      ],
      hiringTeam: ['User11111111111111111111'],
    });
  });

  it('becomes an application', () => {
    expect(fieldsOf('application')).toEqual({
      candidateId: 'Cand11111111111111111111',
      jobId: 'Job111111111111111111111',
      stageId: 'Stage1111111111111111111',
      stageName: 'Alva test',
      remoteCreatedAt: '2026-02-11T09:30:00.000Z',
      remoteUpdatedAt: null,
    });
  });

  it('becomes a candidate with the first address, times in UTC', () => {
    expect(fieldsOf('candidate')).toEqual({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@lovelace.example',
      remoteCreatedAt: '2026-02-11T09:30:00.000Z',
      remoteUpdatedAt: '2026-02-11T08:30:00.000Z',
    });
  });

  it.each(RESOURCES)('loses everything that the allowlist does not name (%s)', (resource) => {
    const text = JSON.stringify(recordOf(resource));
    expect(text).toContain('FORBIDDEN');
    expect(JSON.stringify(mapped(resource))).not.toContain('FORBIDDEN');
  });

  it.each(RESOURCES)('may have nothing but an id (%s)', (resource) => {
    expect(mapItem(MAPPINGS[resource], { id: 'x' })).toMatchObject({ record: { externalId: 'x', remoteId: null, deleted: false } });
  });

  it.each(RESOURCES)('that is deleted has no fields, whatever is left in them (%s)', (resource) => {
    expect(mapped(resource, { remote_deleted_at: '2026-02-12T00:00:00.000Z', first_name: 7, name: 7, job_id: 7 })).toMatchObject({
      record: { deleted: true, fields: {} },
    });
  });
});

describe('a value', () => {
  it.each([
    ['OPEN', 'open'],
    ['CLOSED', 'closed'],
    ['DRAFT', 'draft'],
    ['ARCHIVED', 'archived'],
    ['PAUSED', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ])('status %s of a job is %s', (status, ours) => {
    expect(fieldsOf('job', { status })).toMatchObject({ status: ours });
  });

  it.each([
    ['PUBLIC', 'public'],
    ['INTERNAL', 'private'],
    ['UNLISTED', 'private'],
    ['CONFIDENTIAL', 'private'],
    ['SECRET', 'unknown'],
    [undefined, 'unknown'],
  ])('visibility %s of a job is %s', (visibility, ours) => {
    expect(fieldsOf('job', { visibility })).toMatchObject({ visibility: ours });
  });

  it.each([
    [{ city: 'Lyon', state: 'Rhône', country: 'FR' }, 'Lyon, Rhône, FR'],
    [{ country: 'FR', raw: 'Rue 1', street_1: 'Rue 1' }, 'FR'],
  ])('location %j is named of its parts', (location, name) => {
    expect(fieldsOf('job', { location })).toMatchObject({ location: { name } });
  });

  it.each([null, {}, { raw: 'Rue 1', street_1: 'Rue 1', zip_code: '69001' }])('location %j is none', (location) => {
    expect(fieldsOf('job', { location })).toMatchObject({ location: null });
  });

  it.each([
    [null, null],
    [[], null],
    [[{ type: 'WORK' }, { email_address: null }, { email_address: 'b@b.example' }], 'b@b.example'],
  ])('email addresses %j give %j', (email_addresses, email) => {
    expect(fieldsOf('candidate', { email_addresses })).toMatchObject({ email });
  });

  it('loses what PostgreSQL refuses', () => {
    expect(fieldsOf('candidate', { first_name: 'A\u0000d\ud800a', last_name: '\u0000' })).toMatchObject({
      firstName: 'Ad\ufffda',
      lastName: null,
    });
  });

  it('counts once where a stage or a team member is listed twice', () => {
    const twice = { stages: [{ id: 's' }, { id: 's' }], hiring_team: [{ id: 'u' }, { id: 'u' }] };
    expect(fieldsOf('job', twice)).toMatchObject({ stages: [{ externalId: 's' }], hiringTeam: ['u'] });
  });
});

describe('a record is set aside, with its id and never its content,', () => {
  it.each([
    [null, 'not-an-object'],
    ['text', 'not-an-object'],
    [[], 'not-an-object'],
    [{}, 'id-missing'],
    [{ id: null }, 'id-missing'],
    [{ id: 7 }, 'id-malformed'],
    [{ id: '' }, 'id-malformed'],
    [{ id: 'a b' }, 'id-malformed'],
    [{ id: 'å' }, 'id-malformed'],
    [{ id: 'x'.repeat(201) }, 'id-malformed'],
    [JSON.parse('{"__proto__": {"id": "x"}}'), 'id-missing'],
  ])('where it is %j', (value, reason) => {
    expect(mapItem(MAPPINGS.user, value)).toEqual({ setAside: { externalId: null, reason, field: null } });
  });

  it.each([
    ['user', { first_name: 7 }, 'first_name'],
    ['user', { remote_id: 7 }, 'remote_id'],
    ['user', { remote_deleted_at: true }, 'remote_deleted_at'],
    ['user', { email: ['x'] }, 'email'],
    ['job', { location: 'Lyon' }, 'location'],
    ['job', { location: { city: 7 } }, 'location.city'],
    ['job', { stages: {} }, 'stages'],
    ['job', { stages: [null] }, 'stages'],
    ['job', { stages: [{ id: 's', index: 1e400 }] }, 'stages.index'],
    ['job', { stages: [{ id: 's', index: 0.5 }] }, 'stages.index'],
    ['job', { stages: [{ name: 'no id' }] }, 'stages.id'],
    ['job', { hiring_team: [{ id: 7 }] }, 'hiring_team.id'],
    ['application', { job_id: '' }, 'job_id'],
    ['application', { current_stage: [] }, 'current_stage'],
    ['candidate', { remote_created_at: 'yesterday' }, 'remote_created_at'],
    ['candidate', { remote_created_at: '2026-02-31T99:00:00Z' }, 'remote_created_at'],
    ['candidate', { email_addresses: 'a@b.example' }, 'email_addresses'],
  ] as const)('where a %s has %j', (resource, changes, field) => {
    const externalId = recordOf(resource)['id'];
    expect(mapped(resource, changes)).toEqual({ setAside: { externalId, reason: 'field-malformed', field } });
  });

  it('where a text is longer than 1,000 characters', () => {
    expect(mapped('user', { first_name: 'x'.repeat(1001) })).toMatchObject({ setAside: { reason: 'too-large', field: 'first_name' } });
  });
});
