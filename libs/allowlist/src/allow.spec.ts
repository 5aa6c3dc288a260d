import { type RemoteRecord, type Resource } from '#libs/model';
import { allow, isAllowed } from './allow.js';
import { grantOf } from './grant.for-spec.js';

/** A record as JSON brought it: its type is a claim. */
const recordOf = <R extends Resource>(resource: R, fields: object, changes: object = {}): RemoteRecord<R> =>
  JSON.parse(JSON.stringify({ resource, externalId: 'e1', remoteId: null, deleted: false, fields, ...changes }));

const candidate = (fields: object) => allow(grantOf('candidate'), recordOf('candidate', fields)).fields;
const job = (fields: object) => allow(grantOf('job'), recordOf('job', fields)).fields;

describe('allow', () => {
  it('lets a job through whole', () => {
    const fields = {
      name: 'Engineer',
      status: 'open',
      visibility: 'private',
      location: { name: 'Malmö, Sweden', city: 'Malmö', region: null, country: 'Sweden' },
      remoteUpdatedAt: '2026-11-22T10:00:00.000Z',
      stages: [{ externalId: 's1', remoteId: '7', name: 'Alva', position: 0 }],
      hiringTeam: ['u1', 'u2'],
    };
    const allowed = allow(grantOf('job'), recordOf('job', fields, { remoteId: 'r1' }));
    expect(allowed).toMatchObject({ resource: 'job', externalId: 'e1', remoteId: 'r1', deleted: false });
    expect(allowed.fields).toEqual(fields);
  });

  it('refuses a resource that is not granted', () => {
    expect(() => allow(grantOf('job', [], ['job']), recordOf('candidate', {}))).toThrow('consent-does-not-cover');
  });

  it('refuses a resource that does not exist', () => {
    expect(() => allow(grantOf('job'), JSON.parse('{"resource": "__proto__", "externalId": "e1", "fields": {}}'))).toThrow(
      'consent-does-not-cover',
    );
  });

  it('refuses a grant that the consent library did not make', () => {
    const forged = Object.assign(Object.create(Object.getPrototypeOf(grantOf('job'))), { ...grantOf('job') });
    expect(() => allow(forged, recordOf('job', {}))).toThrow('consent-does-not-cover');
  });

  it('proves itself: an object of the same content is not allowed', () => {
    const allowed = allow(grantOf('job'), recordOf('job', {}));
    expect([allowed, { ...allowed }, Object.create(allowed), null].map(isAllowed)).toEqual([true, false, false, false]);
    expect(Object.isFrozen(allowed) && Object.isFrozen(allowed.fields)).toBe(true);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['a number', 7],
    ['too long', 'x'.repeat(501)],
    ['holding NUL', 'a\0'],
    ['holding half a surrogate pair', 'a\ud800'],
  ])('refuses an id that is %s, wherever a record needs one', (_, id) => {
    const refusal = expect.objectContaining({ kind: 'remote-invalid-response' });
    expect(() => allow(grantOf('job'), recordOf('job', {}, { externalId: id }))).toThrow(refusal);
    expect(() => job({ stages: [{ externalId: id }] })).toThrow(refusal);
    expect(() => job({ hiringTeam: [id] })).toThrow(refusal);
  });

  it('takes an empty reference for none and refuses a malformed one', () => {
    const application = (jobId: unknown) => allow(grantOf('application'), recordOf('application', { jobId })).fields.jobId;
    expect([application(''), application(null), application('x'.repeat(500))]).toEqual([null, null, 'x'.repeat(500)]);
    expect(() => application({ id: 1 })).toThrow('remote-invalid-response');
    expect(() => allow(grantOf('job'), recordOf('job', {}, { remoteId: 'x'.repeat(501) }))).toThrow('remote-invalid-response');
  });

  it('does not even look at a field that is not granted', () => {
    const fields = allow(grantOf('job', ['name']), recordOf('job', { name: 'Engineer', hiringTeam: [7], status: 'open' })).fields;
    expect(fields).toMatchObject({ name: 'Engineer', hiringTeam: [], status: 'unknown' });
  });

  it('never puts a value of the record into an error', () => {
    const attempt = () => job({ stages: [{ externalId: { secret: 'canary' } }] });
    expect(attempt).toThrow(
      expect.objectContaining({ message: 'remote-invalid-response', context: { field: 'stages', reason: 'id-malformed' } }),
    );
  });

  it.each([
    ['Kim', 'Kim'],
    ['K\0im', 'Kim'],
    ['Kim\ud83d', 'Kim\ufffd'],
    ['x'.repeat(500), 'x'.repeat(500)],
    ['x'.repeat(501), null],
    ['', null],
    ['\0', null],
    [7, null],
    [['Kim'], null],
    [{ toString: 'Kim' }, null],
  ])('cleans a name: %j becomes %j', (value, cleaned) => {
    expect(candidate({ firstName: value })).toMatchObject({ firstName: cleaned });
  });

  it('takes an e-mail address of up to 320 characters', () => {
    expect(['a'.repeat(320), 'a'.repeat(321)].map((email) => candidate({ email }).email)).toEqual(['a'.repeat(320), null]);
  });

  it.each([
    ['2026-11-22T10:00:00Z', '2026-11-22T10:00:00.000Z'],
    ['2026-11-22t10:00:00.123456z', '2026-11-22T10:00:00.123Z'],
    ['2026-11-22T10:00:00+02:00', '2026-11-22T08:00:00.000Z'],
    ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.000Z'],
    ['2026-02-29T10:00:00Z', null],
    ['2026-13-01T10:00:00Z', null],
    ['2026-11-00T10:00:00Z', null],
    ['2026-11-22T24:00:00Z', null],
    ['2026-11-22T10:00:00', null],
    ['2026-11-22', null],
    ['2026-11-22T10:00:00Z; phone 070', null],
    ['0000-01-01T00:00:00Z', null],
    ['0001-01-01T00:00:00+01:00', null],
    ['9999-12-31T23:59:59-01:00', null],
    [1795341600000, null],
    [null, null],
  ])('normalises a time: %j becomes %j', (value, cleaned) => {
    expect(candidate({ remoteUpdatedAt: value })).toMatchObject({ remoteUpdatedAt: cleaned });
  });

  it('drops the text of a value that an enumeration does not have', () => {
    expect(job({ status: 'on fire', visibility: 'toString' })).toMatchObject({ status: 'unknown', visibility: 'unknown' });
  });

  it('takes a location without any known part for none', () => {
    expect([{}, [], 'Malmö', { street: 'x' }, { city: '' }].map((location) => job({ location }).location)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('takes only whole positions', () => {
    const stages = [0, -1, 1.5, '1', 2 ** 53].map((position, index) => ({ externalId: `s${index}`, position }));
    expect(job({ stages }).stages.map(({ position }) => position)).toEqual([0, -1, null, null, null]);
  });

  it('gives a deleted record no values', () => {
    const allowed = allow(grantOf('candidate'), recordOf('candidate', { firstName: 'Kim' }, { deleted: true }));
    expect(allowed).toMatchObject({ deleted: true, fields: { firstName: null, lastName: null, email: null } });
  });
});
