import { fieldNamesOf, type Resource } from '#libs/model';
import fc from 'fast-check';
import { allow } from './allow.js';
import { grantOf } from './grant.for-spec.js';
import { CANARY, recordAndFields } from './hostile-record.for-spec.js';

const ENVELOPE = ['resource', 'externalId', 'remoteId', 'deleted', 'fields'];
const INNER: Readonly<Record<string, readonly string[]>> = {
  location: ['name', 'city', 'region', 'country'],
  stages: ['externalId', 'remoteId', 'name', 'position'],
};

/** Every path that an allowed record of the resource may have, array positions left out. */
function pathsOf(resource: Resource): string[] {
  return [
    ...ENVELOPE,
    ...fieldNamesOf(resource).flatMap((name) => [`fields.${name}`, ...(INNER[name] ?? []).map((inner) => `fields.${name}.${inner}`)]),
  ];
}

/** The paths that a value has, own keys of every kind included. */
function pathsIn(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, at));
  return Reflect.ownKeys(value).flatMap((key) => {
    const path = at === '' ? String(key) : `${at}.${String(key)}`;
    return [path, ...pathsIn(Reflect.get(value, key), path)];
  });
}

const isPlain = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) &&
    [Object.prototype, Array.prototype].some((prototype) => prototype === Object.getPrototypeOf(value)) &&
    Object.values(value).every(isPlain));

const isAbsent = (value: unknown): boolean => value === null || value === 'unknown' || (Array.isArray(value) && value.length === 0);

describe('the allowlist', () => {
  it('never lets a key through that it does not name, whatever the record holds', () => {
    fc.assert(
      fc.property(recordAndFields, ([record, granted]) => {
        const allowed = allow(grantOf(record.resource, granted), record);
        const known = pathsOf(record.resource);
        expect(pathsIn(allowed).filter((path) => !known.includes(path))).toEqual([]);
        expect(JSON.stringify(allowed)).not.toContain(CANARY);
        expect(isPlain(allowed.fields)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('always gives every field of the resource, those of a deleted record without a value', () => {
    fc.assert(
      fc.property(recordAndFields, ([record, granted]) => {
        const { deleted, fields } = allow(grantOf(record.resource, granted), record);
        expect(Object.keys(fields).sort()).toEqual([...fieldNamesOf(record.resource)].sort());
        const visible = Object.entries(fields).filter(([, value]) => !isAbsent(value));
        expect(visible.filter(([name]) => deleted || !granted.includes(name))).toEqual([]);
      }),
    );
  });

  it('lets the same through a second time', () => {
    fc.assert(
      fc.property(recordAndFields, ([record, granted]) => {
        const grant = grantOf(record.resource, granted);
        const once = allow(grant, record);
        expect(allow(grant, once)).toEqual(once);
      }),
    );
  });

  it('lets a field through as it would under the whole grant, or not at all', () => {
    fc.assert(
      fc.property(recordAndFields, ([record, granted]) => {
        const whole = new Map<string, unknown>(Object.entries(allow(grantOf(record.resource), record).fields));
        for (const [name, value] of Object.entries(allow(grantOf(record.resource, granted), record).fields)) {
          if (granted.includes(name)) expect(value).toEqual(whole.get(name));
          else expect(isAbsent(value)).toBe(true);
        }
      }),
    );
  });

  it('makes only what PostgreSQL can hold', () => {
    fc.assert(
      fc.property(recordAndFields, ([record]) => {
        const json = JSON.stringify(allow(grantOf(record.resource), record));
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
    );
  });
});
