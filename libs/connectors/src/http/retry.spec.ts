import { backoffMs } from './retry.js';

describe('the pause before the next attempt', () => {
  it('grows from 500 ms by doubling up to 30 s', () => {
    const longest = Array.from({ length: 9 }, (_, index) => backoffMs(index + 1, () => 1));
    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  });

  it('is spread over all of it, so that clients do not come back together', () => {
    expect(backoffMs(3, () => 0)).toBe(0);
    expect(backoffMs(3, () => 0.5)).toBe(1000);
  });
});
