import fc from 'fast-check';
import { isSnapshot } from '#libs/store';
import { decodeFeedCursor, encodeFeedCursor } from './feed-cursor.js';

const snapshot = fc
  .uniqueArray(fc.bigInt({ min: 1n, max: 2n ** 62n }), { minLength: 2, maxLength: 40 })
  .map((ids) => ids.toSorted((a, b) => (a < b ? -1 : 1)))
  .map((ids) => `${ids[0]}:${ids.at(-1)}:${ids.slice(1, -1).join(',')}`);

test('a cursor gives back the position that it was made of', () => {
  fc.assert(
    fc.property(snapshot, fc.option(snapshot), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (after, until, seq) => {
      const position = { after, until, seq: String(seq) };
      expect(decodeFeedCursor(encodeFeedCursor(position))).toEqual(position);
    }),
  );
});

test('whatever a caller sends is a position or refused', () => {
  const altered = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  );
  fc.assert(
    fc.property(altered, (cursor) => {
      expect(() => decodeFeedCursor(cursor)).toThrow(expect.objectContaining({ kind: 'invalid-request' }));
    }),
  );
});

test.each(['0:1:', '2:1:', '1:5:7', '1:5:3,2', '1:9223372036854775808:', '1:1', 'x:1:', '1:5:2,2', ''])('%p is no snapshot', (text) => {
  expect(isSnapshot(text)).toBe(false);
});

test.each(['1:1:', '10:20:', '10:20:10,15,19'])('%p is a snapshot', (text) => {
  expect(isSnapshot(text)).toBe(true);
});
