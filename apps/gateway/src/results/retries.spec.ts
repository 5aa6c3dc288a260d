import fc from 'fast-check';
import { ERROR_KINDS, GatewayError } from '#libs/model';
import { backoffMs, TRIED_FOR_MS } from '../background/backoff.js';
import { fateOf } from './retries.js';

const LATER = ['remote-unavailable', 'remote-rate-limited', 'remote-auth-failed', 'consent-missing', 'internal'] as const;

describe('a result whose attempt did not arrive', () => {
  it('is never tried sooner than the source asks, nor sooner than after the attempt before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: TRIED_FOR_MS }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, asked, random) => {
          expect(backoffMs(n, asked, () => random)).toBeGreaterThanOrEqual(asked);
          expect(backoffMs(n + 1, asked, () => 0)).toBeGreaterThanOrEqual(backoffMs(n, asked, () => 0));
        },
      ),
    );
  });

  it('is tried some twenty times over 75 hours, and then waits for a person', () => {
    for (const kind of LATER) {
      const error = new GatewayError(kind, { retry: { when: 'later' } });
      let leftMs = TRIED_FOR_MS;
      let attempts = 0;
      for (let state = 'queued'; state === 'queued';) {
        attempts += 1;
        const fate = fateOf(error, attempts, leftMs);
        state = fate.state;
        if (fate.state === 'queued') leftMs -= fate.afterMs;
      }
      expect([kind, attempts >= 18, attempts < 40, leftMs < 7 * 3600_000]).toEqual([kind, true, true, true]);
      expect(fateOf(error, attempts, leftMs)).toEqual({ state: 'parked' });
    }
  });

  it('comes to something for every kind of error, and a refusal is for good', () => {
    const fates = Object.fromEntries(ERROR_KINDS.map((kind) => [kind, fateOf(new GatewayError(kind), 1, TRIED_FOR_MS).state]));
    expect(fates).toMatchObject({
      'invalid-request': 'rejected',
      'not-found': 'rejected',
      unsupported: 'rejected',
      'config-invalid': 'parked',
      'remote-unavailable': 'queued',
      'consent-missing': 'queued',
    });
  });
});
