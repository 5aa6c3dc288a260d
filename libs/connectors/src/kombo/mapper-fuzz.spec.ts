import fc from 'fast-check';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { countDropped } from '../contract/dropped.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { recordOf } from './fixtures.for-spec.js';
import { mapItem } from '../contract/record-page.js';
import { MAPPINGS } from './mapper.js';

const MARKER = 'MARKER-4711';

/** Any JSON at all, and sound records some of whose keys hold any JSON. */
const hostile = (resource: Resource) => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 0, -1, 1e308, [], {}, true, '2026-01-01T00:00:00Z', [{}], [[]]));
  const keys = [...Object.keys(recordOf(resource)), '__proto__', 'constructor', 'toString'];
  const changes = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), anything, { maxKeys: 6 });
  return fc.oneof(
    anything,
    changes.map((change) => ({ ...recordOf(resource), ...change })),
  );
};

const hostileRecord = fc.constantFrom(...RESOURCES).chain((resource) => fc.tuple(fc.constant(resource), hostile(resource)));

const INNER: Readonly<Record<string, readonly string[]>> = {
  location: ['name', 'city', 'region', 'country'],
  stages: ['externalId', 'remoteId', 'name', 'position'],
};

const innerKeys = (value: unknown): string[] =>
  [value].flat().flatMap((part) => (typeof part === 'object' && part !== null ? Object.keys(part) : []));

describe('the mapper', () => {
  it('throws nothing and gives no key beyond the allowlist, whatever comes', () => {
    let records = 0;
    fc.assert(
      fc.property(hostileRecord, ([resource, value]) => {
        const result = mapItem(MAPPINGS[resource], value);
        if ('setAside' in result) return;
        records++;
        expect(Object.keys(result.record).sort()).toEqual(['deleted', 'externalId', 'fields', 'remoteId', 'resource']);
        for (const [name, content] of Object.entries(result.record.fields)) {
          expect(fieldNamesOf(resource)).toContain(name);
          for (const key of typeof content === 'object' && name !== 'hiringTeam' ? innerKeys(content) : [])
            expect(INNER[name]).toContain(key);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(records).toBeGreaterThan(1_000);
  });

  it('lets nothing of any other key through: a marker in all of them is not in the output', () => {
    const others = fc.constantFrom(...RESOURCES).chain((resource) => {
      const unread = [...LEFT_BEHIND[resource]].filter((name) => !name.includes('.'));
      const key = fc.oneof(
        fc.constantFrom(...unread),
        fc.string().filter((name) => !TAKEN[resource].has(name)),
      );
      return fc.tuple(fc.constant(resource), fc.dictionary(key, fc.constantFrom(MARKER, [MARKER], { [MARKER]: MARKER })));
    });
    fc.assert(
      fc.property(others, ([resource, marked]) => {
        const value = { ...recordOf(resource), ...marked };
        const counts = new Map<string, number>();
        countDropped(value, TAKEN[resource], LEFT_BEHIND[resource], counts);
        const result = mapItem(MAPPINGS[resource], value);
        expect('record' in result).toBe(true);
        expect(JSON.stringify([result, [...counts]])).not.toContain(MARKER);
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts dropped fields by documented names alone', () => {
    fc.assert(
      fc.property(hostileRecord, ([resource, value]) => {
        if (typeof value !== 'object' || value === null) return;
        const counts = new Map<string, number>();
        countDropped(value, TAKEN[resource], LEFT_BEHIND[resource], counts);
        for (const name of counts.keys()) expect(name === '*' || LEFT_BEHIND[resource].has(name)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
