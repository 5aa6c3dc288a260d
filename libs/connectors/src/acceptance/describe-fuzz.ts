import fc from 'fast-check';
import { fieldNamesOf, GatewayError, RESOURCES, type RemoteRecord, type Resource } from '#libs/model';
import type { SourceConnector } from '../contract/connector.js';
import { INNER, innerKeys, recordPage, replay, type Recorded } from './replay.js';
import { CANARY, Source, type Sizes } from './source.js';

const RUNS = 10_000;

/** Few records: what is varied is what an answer is made of, not how much. */
const FEW: Sizes = { candidates: 4, jobs: 3, users: 3 };

type Path = readonly (string | number)[];

const hostileValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(null, '', 0, -1, 1e308, 2 ** 53, [], {}, true, false, '2026-01-01T00:00:00Z', '0000-00-00', [{}], [[]], [null]),
  fc.constantFrom<unknown>({ ['__proto__']: { polluted: true } }, { constructor: 1 }, 'x'.repeat(3_000), '\u0000', '\ud800', ' '),
);

const hostile = fc.tuple(fc.nat(), fc.nat(), hostileValue, fc.nat(), hostileValue);

/** Where the first address was taken away another one is the first. */
const withoutEmail = ({ fields, ...record }: RemoteRecord) => ({ ...record, fields: { ...fields, email: null } });

/** Every place of a JSON value: the whole, its parts, theirs. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((part: unknown, index) => (String(index) === String(key) ? replaced(part, rest, by) : part));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === key ? replaced(part, rest, by) : part]));
}

/**
 * Varies what a vendor's stand-in really answers, anywhere and with anything, 10,000 times: a page comes out that holds nothing beyond the
 * allowlist, or `remote-invalid-response` is thrown.
 */
export function describeFuzz(connector: SourceConnector): void {
  describe(`${connector.manifest.name}, whatever is answered`, () => {
    let source: Source;
    let recorded: readonly Recorded[];
    beforeAll(async () => {
      source = await Source.start(connector, FEW);
      recorded = await Promise.all(RESOURCES.map((resource) => recordPage(source, resource)));
    });
    afterAll(() => source.close());

    it('throws nothing but remote-invalid-response, and lets nothing out beyond the allowlist', async () => {
      let pages = 0;
      const places = recorded.map(({ answers }) => answers.map(({ answer }) => placesOf(answer.json)));
      const some = fc.tuple(fc.nat({ max: RESOURCES.length - 1 }), hostile);
      const holds = async ([which, [at, place, value, otherPlace, otherValue]]: [number, [number, number, unknown, number, unknown]]) => {
        const known = recorded[which];
        const answers = known?.answers ?? [];
        if (known === undefined || answers.length === 0) return;
        const index = at % answers.length;
        const paths = places[which]?.[index] ?? [];
        const once = replaced(answers[index]?.answer.json, paths[place % paths.length] ?? [], value);
        const json = replaced(once, paths[otherPlace % paths.length] ?? [], otherValue);
        const page = await replay(source, known, index, json).catch((error: unknown) => {
          if (error instanceof GatewayError && error.kind === 'remote-invalid-response') return null;
          throw error;
        });
        if (page === null) return;
        pages += 1;
        expect(JSON.stringify([page.records.map(withoutEmail), page.setAside, [...page.dropped]])).not.toContain(CANARY);
        for (const record of page.records) {
          expect(Object.keys(record).sort()).toEqual(['deleted', 'externalId', 'fields', 'remoteId', 'resource']);
          const admitted: readonly string[] = fieldNamesOf<Resource>(record.resource);
          expect(Object.keys(record.fields).filter((name) => !admitted.includes(name))).toEqual([]);
          for (const [name, key] of innerKeys(record)) expect(INNER[name] ?? []).toContain(key);
        }
      };
      await fc.assert(fc.asyncProperty(some, holds), { numRuns: RUNS });
      expect(pages).toBeGreaterThan(RUNS / 10);
      expect(Reflect.has({}, 'polluted')).toBe(false);
    }, 180_000);
  });
}
