import fc from 'fast-check';
import { parseRetryAfter, secondsToMs } from './retry-after.js';

const NOW = new Date('2026-03-01T08:00:00Z');
const DAY_MS = 24 * 3600 * 1000;
const parse = (value: string) => parseRetryAfter({ 'retry-after': value }, NOW);

describe('Retry-After', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['broken seconds', '1.5', 1_500],
    ['a date', 'Sun, 01 Mar 2026 08:00:30 GMT', 30_000],
    ['a negative wait as no wait', '-5', 0],
    ['a date in the past as no wait', 'Sun, 01 Mar 2026 07:00:00 GMT', 0],
    ['an absurd wait as a day', '99999999999', DAY_MS],
    ['a date in the far future as a day', 'Fri, 01 Mar 2199 08:00:00 GMT', DAY_MS],
  ])('reads %s', (_form, text, ms) => {
    expect(parse(text)).toBe(ms);
  });

  it.each(['', 'soon', '1e9', '0x10', 'NaN', '5;6'])('takes %j for none', (text) => {
    expect(parse(text)).toBeNull();
  });

  it('may be missing', () => {
    expect(parseRetryAfter({}, NOW)).toBeNull();
    expect(secondsToMs(undefined)).toBeNull();
  });

  it('is null or from 0 to a day, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = parse(text);
        return ms === null || (ms >= 0 && ms <= DAY_MS);
      }),
    );
  });
});
