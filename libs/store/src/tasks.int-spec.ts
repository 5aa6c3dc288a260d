import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Tasks, type SyncRunTask } from './tasks.js';
import { StoreWorld, type Link } from './world.for-spec.js';

let world: StoreWorld;
let link: Link;
let tasks: Tasks;
const done: SyncRunTask[] = [];
const failing = new Set<string>();
const failures: unknown[] = [];

beforeAll(async () => {
  world = await StoreWorld.create();
  link = await world.link();
  tasks = new Tasks({ url: world.database.appUrl, onError: (error) => failures.push(error) });
  await tasks.start();
  await tasks.workOnSyncRuns(2, (task) => {
    done.push(task);
    if (failing.delete(task.runId)) return Promise.reject(new Error('SECRET words'));
    return Promise.resolve();
  });
});
afterAll(async () => {
  await tasks.stop(1000);
  await world.close();
});

const task = (): SyncRunTask => ({ tenantId: link.tenantId, runId: randomUUID() });
const timesDone = (sought: SyncRunTask) => done.filter(({ runId }) => runId === sought.runId).length;

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(10);
}

test('a task runs once its transaction has committed, not before', async () => {
  const sent = task();
  await world.in(link, async (tx) => {
    await tasks.enqueueSyncRun(tx, sent);
    await pause(300);
    expect(timesDone(sent)).toBe(0);
  });
  await until(() => timesDone(sent) === 1);
  expect(done.at(-1)).toEqual(sent);
});

test('a task of a transaction that is rolled back never runs', async () => {
  const [undone, next] = [task(), task()];
  const rolledBack = world.in(link, async (tx) => {
    await tasks.enqueueSyncRun(tx, undone);
    throw new Error('undone');
  });
  await expect(rolledBack).rejects.toThrow('undone');
  await world.in(link, (tx) => tasks.enqueueSyncRun(tx, next));
  await until(() => timesDone(next) === 1);
  expect(timesDone(undone)).toBe(0);
  expect(await world.rows(link, `select 1 from task.job where data ->> 'runId' = $1`, [undone.runId])).toEqual([]);
});

test('a task whose handler throws is repeated, and the queue keeps none of the words', async () => {
  const sent = task();
  failing.add(sent.runId);
  await world.in(link, (tx) => tasks.enqueueSyncRun(tx, sent));
  const kept: unknown[] = [];
  for (; timesDone(sent) < 2; await pause(50))
    kept.push(await world.rows(link, `select output from task.job where data ->> 'runId' = $1`, [sent.runId]));
  expect(JSON.stringify(kept)).toContain('"kind":"internal"');
  expect(JSON.stringify(kept)).not.toContain('SECRET');
});

test('the queue holds ids and nothing else, and nothing went wrong with it', async () => {
  const payloads = await world.rows<{ data: object }>(link, 'select data from task.job where data is not null');
  expect(payloads.map(({ data }) => Object.keys(data).sort())).toEqual(payloads.map(() => ['runId', 'tenantId']));
  expect(payloads.length).toBeGreaterThan(0);
  expect(failures).toEqual([]);
});
