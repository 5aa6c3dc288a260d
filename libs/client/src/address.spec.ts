import fc from 'fast-check';
import { addressOf } from './address.js';

const RESULT = '/v1/applications/{id}/results/{resultKey}';

test('names are filled in, what is undefined is left out, and a slash at the end of the base makes no other address', () => {
  const address = addressOf(
    'https://gateway.example/ats/',
    RESULT,
    { id: 'a/b', resultKey: 'c d' },
    { revise: true, limit: undefined, q: 'x&y' },
  );
  expect(address).toBe('https://gateway.example/ats/v1/applications/a%2Fb/results/c%20d?revise=true&q=x%26y');
});

test.each([[undefined], [''], ['.'], ['..']])('%p as part of a path is refused: it would lead elsewhere', (resultKey) => {
  expect(() => addressOf('http://127.0.0.1', RESULT, { id: 'a', resultKey }, {})).toThrow(new TypeError('the path\'s "resultKey" is none'));
});

test('no value leads out of its place', () => {
  const values = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => !/^\.{1,2}$/.test(value));
  fc.assert(
    fc.property(values, (resultKey) => {
      const { pathname, search, host } = new URL(addressOf('http://127.0.0.1', RESULT, { id: 'a', resultKey }, {}));
      expect([host, search, pathname.split('/').slice(0, 5)]).toEqual(['127.0.0.1', '', ['', 'v1', 'applications', 'a', 'results']]);
      expect(pathname.split('/').slice(5).map(decodeURIComponent)).toEqual([resultKey]);
    }),
  );
});
