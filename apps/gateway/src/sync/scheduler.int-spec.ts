import { SchedulerRegistry } from '@nestjs/schedule';
import { PinoLogger } from 'nestjs-pino';
import { RESOURCES, type Resource } from '#libs/model';
import { finishRun, makeDue } from '#libs/store';
import { Environment } from '../config/environment.js';
import { Log } from '../log/log.js';
import { DISABLED, type Link } from '../pipeline/bench.for-spec.js';
import { Heartbeats } from '../telemetry/heartbeats.js';
import { Metrics } from '../telemetry/metrics.js';
import { SyncScheduler } from './scheduler.js';
import { SyncBench } from './sync-bench.for-spec.js';

let sync: SyncBench;
let link: Link;
let schedulers: SyncScheduler[];

beforeAll(async () => {
  sync = await SyncBench.create();
  const { store, grants, clock } = sync.bench;
  const log = new Log(new PinoLogger({ pinoHttp: { level: 'silent' } }));
  const scheduler = () =>
    new SyncScheduler(
      new SchedulerRegistry(),
      store,
      sync.tasks,
      sync.requests,
      grants,
      new Environment(),
      log,
      new Metrics(),
      new Heartbeats(),
      clock,
    );
  schedulers = [scheduler(), scheduler(), scheduler()];
});
beforeEach(async () => {
  link = await sync.bench.link();
  await sync.bench.store.inPlatform((tx) => tx.run('delete from sync_schedule'));
  await due();
});
afterAll(() => sync.close());

const due = (of = link) => sync.bench.store.inTenant(of.tenantId, (tx) => makeDue(tx, of, { now: sync.bench.clock.now(), full: true }));
const tick = async () => {
  await Promise.all(schedulers.map((scheduler) => scheduler.tick()));
};
const runs = (of = link) =>
  sync.bench.rows<{ mode: string; state: string }>(of, 'select mode, state from sync_run order by requested_at, id');

/** Ends the unfinished run as if its schedule had not been set yet. */
async function finish(resources: readonly Resource[] = RESOURCES): Promise<void> {
  const run = await sync.bench.claim(link, 'full', resources);
  await sync.bench.store.inTenant(link.tenantId, (tx) => finishRun(tx, run, { state: 'succeeded', error: null }, sync.bench.clock.now()));
}

test('processes that tick at once ask for each due sync once', async () => {
  const links = [link, ...(await Promise.all(Array.from({ length: 9 }, () => sync.bench.link())))];
  await Promise.all(links.map((one) => due(one)));
  await tick();
  for (const one of links) {
    expect(await runs(one)).toEqual([{ mode: 'full', state: 'queued' }]);
    expect(await sync.queued(one)).toHaveLength(1);
  }
});

test('a sync that was run since it was due is not asked for again, even where that run has just ended', async () => {
  await finish();
  await tick();
  expect(await runs()).toEqual([{ mode: 'full', state: 'succeeded' }]);
});

test('a run of some resources is no reason to leave the due sync out, nor is one from before', async () => {
  await finish(['job']);
  await tick();
  expect(await runs()).toHaveLength(2);
  await finish();
  sync.bench.clock.advanceMs(1000);
  await due();
  await tick();
  expect(await runs()).toHaveLength(3);
});

test('a tenant without consent is not asked for, and not again until it is due', async () => {
  await sync.bench.record(link, DISABLED);
  await tick();
  expect(await runs()).toEqual([]);
});

test('a run whose task is lost gets a new one after twenty minutes', async () => {
  await tick();
  await sync.bench.rows(link, `delete from task.job where data ->> 'tenantId' = $1`, [link.tenantId]);
  sync.bench.clock.advanceMs(20 * 60_000);
  await tick();
  expect(await sync.queued(link)).toEqual([]);
  sync.bench.clock.advanceMs(1);
  await tick();
  expect(await sync.queued(link)).toHaveLength(1);
});
