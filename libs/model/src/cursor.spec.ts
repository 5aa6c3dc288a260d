import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.js';
import { GatewayError } from './errors.js';

const time = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().replace('Z', '000Z'));
const position = fc.record({ id: fc.uuid(), changedAt: fc.option(time) });
const list = fc.array(fc.option(fc.string()), { maxLength: 6 });

test('a cursor comes back as the position that it was made of', () => {
  fc.assert(fc.property(position, list, (at, of) => expect(decodeCursor(encodeCursor(at, of), of)).toEqual(at)));
});

test('a cursor is refused by a list with other filters', () => {
  fc.assert(
    fc.property(position, list, list, (at, of, other) => {
      fc.pre(JSON.stringify(of) !== JSON.stringify(other));
      expect(() => decodeCursor(encodeCursor(at, of), other)).toThrow(GatewayError);
    }),
  );
});

test('whatever is not a cursor is an invalid request and nothing worse', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => Buffer.from(json).toString('base64url')),
      ),
      (text) => {
        expect(() => decodeCursor(text, [])).toThrow(expect.objectContaining({ kind: 'invalid-request' }));
      },
    ),
  );
});
