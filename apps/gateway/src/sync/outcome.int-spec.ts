import { GatewayError, RESOURCES, type Resource } from '#libs/model';
import { makeDue, type SyncMode } from '#libs/store';
import { Bench, DPA, type Link } from '../pipeline/bench.for-spec.js';
import { Source } from '../pipeline/source.for-spec.js';
import { scheduleAfterFailure, scheduleAfterSuccess } from './outcome.js';
import type { Quota } from './spacing.js';

let bench: Bench;
let link: Link;

beforeAll(async () => {
  bench = await Bench.create();
});
beforeEach(async () => {
  bench.clock.set('2026-11-22T10:00:00Z');
  link = await bench.link();
  await bench.store.inTenant(link.tenantId, (tx) => makeDue(tx, link, { now: bench.clock.now(), full: true }));
});
afterAll(() => bench.close());

const environment = { SYNC_DELTA_SECONDS: 300, SYNC_FULL_HOURS: 168 };
const due = async () =>
  (
    await bench.rows<{ next: number; full: number }>(
      link,
      `select extract(epoch from next_run_at - $1::timestamptz)::int as next, extract(epoch from next_full_at - $1::timestamptz)::int as full
         from sync_schedule`,
      [bench.clock.now().toISOString()],
    )
  )[0];
const end = async (mode: SyncMode, resources: readonly Resource[] = RESOURCES, quota: Quota | null = null) => {
  const run = await bench.claim(link, mode, resources);
  await bench.work(run, new Source());
  const { progress } = await bench.runOf(run);
  await bench.store.inTenant(link.tenantId, (tx) => scheduleAfterSuccess(tx, run, progress, { clock: bench.clock, environment, quota }));
};

test('after a full run: a delta soon, a full run in a week', async () => {
  await end('full');
  expect(await due()).toEqual({ next: 300, full: 168 * 3600 });
});

test('where many share a quota, each is read less often, so that together they stay within it', async () => {
  const quota = { tenants: 10_000, limitPerWindow: 300, windowMs: 60_000 };
  await end('full', RESOURCES, quota);
  const next = await due();
  expect(next?.next).toBeGreaterThanOrEqual(20_000);
  expect(next?.next).toBeLessThanOrEqual(22_000);
  expect(next?.full).toBeGreaterThanOrEqual(168 * 3600);
});

test('a delta, or a full run of some resources, leaves the full run where it was', async () => {
  await end('full');
  bench.clock.advanceMs(3600_000);
  await end('delta');
  await end('full', ['job']);
  expect(await due()).toEqual({ next: 300, full: 167 * 3600 });
});

test('however often some resources are refreshed, the others are read in time', async () => {
  await end('full');
  bench.clock.advanceMs(200_000);
  await end('delta', ['job']);
  expect((await due())?.next).toBe(100);
});

test('an agreement that covers less now does not have the tenant read completely again and again', async () => {
  await end('full');
  await bench.record(link, { ...DPA, covers: { read: ['job', 'user'], write: [] } });
  bench.clock.advanceMs(168 * 3600_000);
  await end('full', ['user', 'job']);
  expect(await due()).toEqual({ next: 300, full: 168 * 3600 });
});

test('a full run that was asked for during a delta follows at once', async () => {
  await end('full');
  await bench.store.inTenant(link.tenantId, (tx) => makeDue(tx, link, { now: bench.clock.now(), full: true }));
  await end('delta');
  expect(await due()).toEqual({ next: 0, full: 0 });
});

test('after failures: later each time, at least as late as the source asks, and at once well again after a success', async () => {
  const fail = async (kind: 'remote-auth-failed' | 'remote-unavailable' | 'remote-rate-limited', afterMs?: number) => {
    const error = new GatewayError(kind, afterMs === undefined ? {} : { retry: { when: 'later', afterMs } });
    const run = await bench.claim(link);
    await bench.store.inTenant(link.tenantId, (tx) => scheduleAfterFailure(tx, run, error, { clock: bench.clock }));
    const [integration] = await bench.rows<{ state: string }>(link, 'select state, state_code from integration');
    return [(await due())?.next, integration?.state];
  };
  expect(await fail('remote-unavailable')).toEqual([60, 'remote-not-ready']);
  expect(await fail('remote-auth-failed')).toEqual([120, 'remote-auth-failed']);
  expect(await fail('remote-rate-limited', 900_000)).toEqual([900, 'connected']);
  expect(await fail('remote-unavailable', 1000)).toEqual([480, 'remote-not-ready']);
  await end('full');
  expect(await bench.rows(link, 'select state, state_code, failures from integration join sync_schedule using (tenant_id)')).toEqual([
    { state: 'connected', state_code: null, failures: 0 },
  ]);
});
