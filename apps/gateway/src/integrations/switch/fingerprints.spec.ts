import fc from 'fast-check';
import { allow } from '#libs/allowlist';
import { grantFor, readDecision, type Grant } from '#libs/consent';
import { IDENTIFIED, RESOURCES, type RemoteFields, type Resource } from '#libs/model';
import { Fingerprints, shadowOf, type Says } from './fingerprints.js';

const fingerprints = new Fingerprints(Buffer.alloc(32, 1));
const others = new Fingerprints(Buffer.alloc(32, 2));

/** Words of more than a few characters: shorter ones are in any hash by chance. */
const text = fc.string({ unit: fc.constantFrom(...'abcdeé ß'), minLength: 1, maxLength: 12 }).map((some) => `Clear ${some.trim()}.`);
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const time = fc
  .date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2038-01-01T00:00:00Z'), noInvalidDate: true })
  .map((moment) => moment.toISOString());
const email = fc.stringMatching(/^[a-z]{8,12}$/).map((name) => `${name}@clear.example`);
const place = fc.record({ name: orNull(text), city: orNull(text), region: orNull(text), country: orNull(text) });

const person = { firstName: orNull(text), lastName: orNull(text), email: orNull(email), remoteUpdatedAt: orNull(time) };
const stage = fc.record({ externalId: fc.uuid(), remoteId: orNull(fc.uuid()), name: orNull(text), position: orNull(fc.nat(20)) });

/** What a record of each kind may say. */
const ANY: { readonly [R in Resource]: fc.Arbitrary<RemoteFields[R]> } = {
  user: fc.record(person),
  candidate: fc.record({ ...person, remoteCreatedAt: orNull(time) }),
  job: fc.record({
    name: orNull(text),
    status: fc.constantFrom('open', 'closed', 'unknown'),
    visibility: fc.constantFrom('public', 'private', 'unknown'),
    location: orNull(place),
    remoteUpdatedAt: orNull(time),
    stages: fc.uniqueArray(stage, { selector: ({ externalId }) => externalId, maxLength: 4 }),
    hiringTeam: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  }),
  application: fc.record({
    candidateId: orNull(fc.uuid()),
    jobId: orNull(fc.uuid()),
    stageId: orNull(fc.uuid()),
    stageName: orNull(text),
    remoteCreatedAt: orNull(time),
    remoteUpdatedAt: orNull(time),
  }),
};

interface Case {
  readonly resource: Resource;
  /** One field of it, and what the two records say there. */
  readonly hashes: readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>];
  readonly says: readonly [object, object];
}

function caseOf<R extends Resource>(resource: R, one: Says[R], other: Says[R], by = fingerprints): Case {
  return { resource, says: [one, other], hashes: [fingerprints.of(resource, one), by.of(resource, other)] };
}

/** Two records of one kind, alike in some fields. */
function twoOf<R extends Resource>(resource: R, by?: Fingerprints): fc.Arbitrary<Case> {
  const mixed = fc.tuple(ANY[resource], ANY[resource], fc.infiniteStream(fc.boolean()));
  return mixed.map(([one, other, same]) => {
    const alike = Object.fromEntries(Object.entries(one).filter(() => same.next().value));
    return caseOf<R>(resource, one, { ...other, ...alike }, by);
  });
}
const anyTwo = fc.oneof(...RESOURCES.map((resource) => twoOf(resource)));

const at = (of: object, field: string): string => JSON.stringify(Object.entries(of).find(([name]) => name === field)?.[1]);

test('what says the same has the same hash, and what says something else another one', () => {
  fc.assert(
    fc.property(anyTwo, ({ says, hashes: [one, other] }) => {
      expect(Object.keys(one)).toEqual(Object.keys(other));
      for (const field of Object.keys(one)) {
        // Of stages their names count, in their order: its own test below.
        if (field !== 'stages') expect([field, one[field] === other[field]]).toEqual([field, at(says[0], field) === at(says[1], field)]);
      }
    }),
  );
});

test('under another key nothing has anything in common', () => {
  const twice = fc.oneof(
    ...RESOURCES.map((resource) => ANY[resource].map((says) => caseOf<typeof resource>(resource, says, says, others))),
  );
  fc.assert(
    fc.property(twice, ({ hashes: [one, other] }) => {
      const ours = new Set(Object.values(one));
      expect(Object.values(other).filter((hash) => ours.has(hash))).toEqual([]);
    }),
  );
});

test('the same text in two fields, or of two kinds of record, cannot be seen to be the same', () => {
  fc.assert(
    fc.property(text, (same) => {
      const says = { firstName: same, lastName: same, email: same, remoteUpdatedAt: null, remoteCreatedAt: null };
      const hashes = [fingerprints.of('user', says), fingerprints.of('candidate', says)].flatMap((of) => Object.values(of));
      const keys = IDENTIFIED.map((resource) => fingerprints.naturalKey(resource, same));
      expect(new Set([...hashes, ...keys]).size).toBe(hashes.length + keys.length);
    }),
  );
});

test('a moment written in another way is the same moment', () => {
  const nobody = { firstName: null, lastName: null, email: null };
  fc.assert(
    fc.property(time, fc.integer({ min: -12, max: 14 }), (utc, hours) => {
      const local = new Date(Date.parse(utc) + hours * 3_600_000).toISOString();
      const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
      const written = [utc, local.replace('Z', offset), utc.replace('Z', '000+00:00')];
      const hashes = written.map((remoteUpdatedAt) => fingerprints.of('user', { ...nobody, remoteUpdatedAt })['remoteUpdatedAt']);
      expect(new Set(hashes).size).toBe(1);
    }),
  );
});

test('of a location each part counts', () => {
  const job = { name: null, status: 'open', visibility: 'public', remoteUpdatedAt: null, stages: [] };
  const hashOf = (location: Says['job']['location']) => fingerprints.of('job', { ...job, location })['location'];
  const part = fc.constantFrom('name' as const, 'city' as const, 'region' as const, 'country' as const);
  fc.assert(
    fc.property(place, part, text, (location, changed, other) => {
      fc.pre(location[changed] !== other);
      expect(hashOf({ ...location })).toBe(hashOf(location));
      expect(hashOf({ ...location, [changed]: other })).not.toBe(hashOf(location));
      expect(hashOf(null)).not.toBe(hashOf(location));
    }),
  );
});

test('of stages their names count, in the order of their positions', () => {
  const job = { name: null, status: 'open', visibility: 'public', location: null, remoteUpdatedAt: null };
  const hashOf = (stages: Says['job']['stages']) => fingerprints.of('job', { ...job, stages })['stages'];
  const inOrder = fc.uniqueArray(text, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(
      inOrder.chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length }))),
      ([names, shuffled]) => {
        const of = (name: string) => ({ name, position: names.indexOf(name) });
        expect(hashOf(shuffled.map(of))).toBe(hashOf(names.map(of)));
        expect(hashOf(names.toReversed().map((name, position) => ({ name, position })))).not.toBe(hashOf(names.map(of)));
        expect(hashOf(names.slice(1).map(of))).not.toBe(hashOf(names.map(of)));
      },
    ),
  );
});

test('a natural key ignores case and the space around, and nothing else; no text has none', () => {
  const space = fc.stringMatching(/^[ \t\n]{0,3}$/);
  fc.assert(
    fc.property(fc.constantFrom(...IDENTIFIED), email, email, space, (resource, one, other, around) => {
      const key = fingerprints.naturalKey(resource, one);
      expect(key).not.toBeNull();
      expect(fingerprints.naturalKey(resource, `${around}${one.toUpperCase()}${around}`)).toBe(key);
      expect(fingerprints.naturalKey(resource, other) === key).toBe(one === other);
      expect(others.naturalKey(resource, one)).not.toBe(key);
      expect(fingerprints.naturalKey(resource, around)).toBeNull();
    }),
  );
  expect(fingerprints.naturalKey('user', null)).toBeNull();
});

function grant(): Grant {
  const outcome = grantFor({
    tenantId: 'tenant',
    decision: { ...readDecision(null), open: true, read: RESOURCES, reasons: [], refusal: null },
    epoch: '1',
    integration: { id: 'integration', type: 'native' },
    purpose: 'sync',
    narrowing: { jobScope: null, hiddenFields: {} },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}

test('a shadow holds nothing of what a record says in clear, and every name of the target', () => {
  const anyRecord = fc.oneof(
    ...RESOURCES.map((resource) =>
      fc.tuple(ANY[resource], fc.uuid()).map(([fields, externalId]) => {
        const record = { resource, externalId, remoteId: `remote ${externalId}`, deleted: false, fields };
        return { fields, externalId, rows: shadowOf(fingerprints, allow<typeof resource>(grant(), record)) };
      }),
    ),
  );
  fc.assert(
    fc.property(anyRecord, ({ fields, externalId, rows }) => {
      const stages = 'stages' in fields ? fields.stages : [];
      expect(rows.map((row) => row.externalId)).toEqual([externalId, ...stages.map((one) => one.externalId)]);
      const stored = JSON.stringify(rows).toLowerCase();
      expect(stored).not.toMatch(/clear|\d{4}-\d\d-\d\dt/);
      for (const { hashes, naturalKey } of rows) {
        for (const hash of [...Object.values(hashes), naturalKey ?? 'x'.repeat(22)]) expect(hash).toMatch(/^[\w-]{22}$/);
      }
    }),
  );
});
