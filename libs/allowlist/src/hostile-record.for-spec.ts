import { fieldNamesOf, type RemoteRecord, type Resource, RESOURCES } from '#libs/model';
import fc from 'fast-check';

/** Text that must never come out: put wherever nothing is allowlisted. */
export const CANARY = 'canary-070-123';

const anId = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }).map((text) => `id-${text.replaceAll('\0', '')}`),
  fc.uuid(),
);
const aText = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.constantFrom('Kim', 'a\0b', '\ud800', 'x'.repeat(501), null));
const aTime = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('2026-02-30T00:00:00Z', '2026-11-22T12:00:00+02:00', '2026-11-22', 'soon', null, 7),
);

const JUNK_KEYS = ['phone', 'salary', 'notes', 'constructor', 'toString', '__proto__'];

/** Keys that no allowlist knows, each with the canary deep inside; `__proto__` as an own key, the way JSON.parse makes it. */
const junk = fc
  .uniqueArray(fc.constantFrom(...JUNK_KEYS), { minLength: 1 })
  .map((keys) => keys.map((key) => [key, { value: [CANARY] }] as const));

/** The object with junk beside its own keys, and junk of allowlisted names in its prototype. */
const withJunk = (object: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(object, junk).map(([value, extra]) => {
    const hostile: object = Object.create({ firstName: CANARY, email: CANARY, name: CANARY, city: CANARY, remoteId: CANARY });
    for (const [key, member] of [...Object.entries(value), ...extra]) {
      Object.defineProperty(hostile, key, { value: member, enumerable: true });
    }
    return hostile;
  });

const aStage = withJunk(
  fc.record(
    { externalId: anId, remoteId: fc.option(anId), name: aText, position: fc.oneof(fc.double(), fc.nat()) },
    { requiredKeys: ['externalId'] },
  ),
);
const aLocation = withJunk(fc.record({ name: aText, city: aText, region: aText, country: aText }, { requiredKeys: [] }));
const orJunk = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 4, arbitrary: value }, fc.constantFrom<unknown>(7, {}, [], true, undefined));

const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  name: orJunk(aText),
  firstName: orJunk(aText),
  lastName: orJunk(aText),
  email: orJunk(aText),
  stageName: orJunk(aText),
  status: orJunk(fc.constantFrom('open', 'closed', 'reopened', CANARY)),
  visibility: orJunk(fc.constantFrom('public', 'private', 'internal', CANARY)),
  location: orJunk(aLocation),
  stages: fc.oneof(fc.array(aStage, { maxLength: 4 }), fc.constantFrom<unknown>(null, CANARY, { 0: CANARY, length: 1 })),
  hiringTeam: fc.oneof(fc.array(anId, { maxLength: 4 }), fc.constantFrom<unknown>(null, CANARY)),
  candidateId: fc.option(anId),
  jobId: fc.option(anId),
  stageId: fc.option(anId),
  remoteCreatedAt: orJunk(aTime),
  remoteUpdatedAt: orJunk(aTime),
};

const fieldsOf = (resource: Resource) =>
  withJunk(
    fc.record(Object.fromEntries(fieldNamesOf(resource).map((name) => [name, FIELDS[name] ?? fc.anything()])), { requiredKeys: [] }),
  );

/** A record of the resource as a careless or hostile connector might pass it: sound ids, anything else anywhere. */
export const hostileRecord = <R extends Resource>(resource: R): fc.Arbitrary<RemoteRecord<R>> =>
  withJunk(
    fc.record({
      resource: fc.constant(resource),
      externalId: anId,
      remoteId: fc.option(anId),
      deleted: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
      fields: fieldsOf(resource),
    }),
  ).map((record) => record as RemoteRecord<R>);

export const aResource = fc.constantFrom(...RESOURCES);

/** A hostile record and some of its resource's fields. */
export const recordAndFields = aResource.chain((resource) =>
  fc.tuple(hostileRecord(resource), fc.subarray<string>([...fieldNamesOf(resource)])),
);
