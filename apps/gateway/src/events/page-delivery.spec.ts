import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { FeedRow } from '#libs/store';
import { deliverPage } from './page-delivery.js';
import type { PostError } from './posting.js';

const AT = new Date('2026-11-22T10:00:00Z');

const rowOf = (recordId: string, index: number): FeedRow => ({
  ...{ seq: String(index + 1), tenantId: 't', resource: 'job', recordId, kind: 'updated', fields: [], details: null, at: AT.toISOString() },
});

/** A receiver that fails at these events. Notes what was begun, and how many were under way at once. */
function receiver(failing: ReadonlyMap<string, PostError> = new Map()) {
  const begun: string[] = [];
  const underWay: string[] = [];
  let [most, doubled] = [0, false];
  const send = async (row: FeedRow, number: number) => {
    begun.push(row.seq);
    doubled ||= underWay.includes(row.recordId);
    most = Math.max(most, underWay.push(row.recordId));
    await pause(Math.random() * 3);
    underWay.splice(underWay.indexOf(row.recordId), 1);
    const error = failing.get(row.seq) ?? null;
    const state: 'failed' | 'delivered' = error === null ? 'delivered' : 'failed';
    const outcome = { error, status: null, retryAfterMs: null, durationMs: 1 };
    return {
      outcome,
      attempt: { eventId: row.seq, type: 'job.updated', attempt: number, state, status: null, error, durationMs: 1, at: AT },
    };
  };
  return { begun, send, most: () => most, isDoubled: () => doubled };
}

const go = (rows: readonly FeedRow[], { send }: ReturnType<typeof receiver>, failures = 0, isStopping = () => false) =>
  deliverPage({ rows, failures, send, isStopping });

describe('a page', () => {
  it('is delivered wholly, several events at once, those of one record one after the other', async () => {
    const records = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(records, async (ids) => {
        const rows = ids.map(rowOf);
        const to = receiver();
        const { delivered, attempts, failure } = await go(rows, to);
        expect([delivered.size, attempts.length, failure, to.isDoubled()]).toEqual([rows.length, rows.length, null, false]);
        for (const [, ofRecord] of Map.groupBy(rows, ({ recordId }) => recordId))
          expect(to.begun.filter((seq) => ofRecord.some((row) => row.seq === seq))).toEqual(ofRecord.map(({ seq }) => seq));
      }),
      { numRuns: 20 },
    );
  });

  it('has sixteen events under way at the most', async () => {
    const to = receiver();
    await go(
      Array.from({ length: 100 }, (_, index) => rowOf(`r${index}`, index)),
      to,
    );
    expect(to.most()).toBe(16);
  });

  it('ends with a failure: nothing more is begun, and nothing of that record after it', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => rowOf(`r${index % 40}`, index));
    const to = receiver(new Map([['5', 'status']]));
    const { delivered, failure } = await go(rows, to);
    expect(failure).toMatchObject({ error: 'status' });
    expect(to.begun.length).toBeLessThan(60);
    expect(delivered.size).toBe(to.begun.length - 1);
    expect(to.begun).not.toContain('45');
  });

  it('tells of the first failure of several, but before all that the receiver is gone', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => rowOf(`r${index}`, index));
    expect(
      (
        await go(
          rows,
          receiver(
            new Map([
              ['7', 'timeout'],
              ['3', 'status'],
            ]),
          ),
        )
      ).failure,
    ).toMatchObject({ error: 'status' });
    expect(
      (
        await go(
          rows,
          receiver(
            new Map([
              ['7', 'gone'],
              ['3', 'status'],
            ]),
          ),
        )
      ).failure,
    ).toMatchObject({ error: 'gone' });
  });

  it('begins with one event alone after a failure, the others wait for its success', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => rowOf(`r${index}`, index));
    const down = receiver(new Map([['1', 'timeout']]));
    const { attempts } = await go(rows, down, 3);
    expect([down.begun, attempts[0]?.attempt]).toEqual([['1'], 4]);
    const up = receiver();
    expect((await go(rows, up, 3)).delivered.size).toBe(30);
    expect(up.begun[0]).toBe('1');
  });

  it('begins nothing when it is to stop', async () => {
    const to = receiver();
    expect(await go([rowOf('a', 0)], to, 0, () => true)).toEqual({ delivered: new Set(), attempts: [], failure: null });
    expect(to.begun).toEqual([]);
  });
});
