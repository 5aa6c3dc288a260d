import fc from 'fast-check';
import { RawObject } from './raw-object.js';

const READS: readonly ((raw: RawObject) => unknown)[] = [
  (raw) => raw.text('a'),
  (raw) => raw.time('a'),
  (raw) => raw.milliseconds('a'),
  (raw) => raw.reference('a'),
  (raw) => raw.numberedReference('a'),
  (raw) => raw.references('a'),
  (raw) => raw.truth('a'),
  (raw) => raw.texts('a'),
  (raw) => raw.whole('a'),
  (raw) => raw.object('a')?.text('b'),
  (raw) => raw.objects('a').map((part) => part.id('b')),
];

test('whatever a value is, reading it never throws, and a fault names its field alone', () => {
  fc.assert(
    fc.property(fc.anything(), (a) => {
      for (const read of READS) {
        const raw = new RawObject({ a });
        read(raw);
        expect(raw.faults.every(({ field }) => /^a(\.(b|id|text))?$/.test(field))).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  [1_772_352_000_123, '2026-03-01T08:00:00.123Z'],
  [0, '1970-01-01T00:00:00.000Z'],
])('%d milliseconds are %s', (ms, time) => {
  const raw = new RawObject({ at: ms });
  expect([raw.milliseconds('at'), raw.faults]).toEqual([time, []]);
});

test.each([-1, 1.5, 1e300, '1772352000123', {}])('%j is no time in milliseconds', (ms) => {
  const raw = new RawObject({ at: ms });
  expect([raw.milliseconds('at'), raw.faults]).toEqual([null, [{ reason: 'field-malformed', field: 'at' }]]);
});

test('an id that is a number is taken as its digits, as long as JSON holds it exactly', () => {
  const raw = new RawObject({ small: 4711, large: 2 ** 53, text: 'abc' });
  expect([raw.numberedReference('small'), raw.numberedReference('text'), raw.numberedReference('none')]).toEqual(['4711', 'abc', null]);
  expect(raw.numberedReference('large')).toBeNull();
  expect(raw.faults).toEqual([{ reason: 'field-malformed', field: 'large' }]);
});

test('ids in a list are all taken, or the record is at fault', () => {
  expect(new RawObject({ ids: [1, 'b'] }).references('ids')).toEqual(['1', 'b']);
  const raw = new RawObject({ ids: [1, {}] });
  raw.references('ids');
  expect(raw.faults).toEqual([{ reason: 'field-malformed', field: 'ids.id' }]);
});

test('texts that say nothing are left out', () => {
  expect(new RawObject({ list: ['a', '', null, 'b'] }).texts('list')).toEqual(['a', 'b']);
});
