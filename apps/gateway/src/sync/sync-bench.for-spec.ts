import { Tasks } from '#libs/store';
import type { Grant } from '#libs/consent';
import { Bench, type Link } from '../pipeline/bench.for-spec.js';
import { SyncRequests } from './requests.js';

/** What asks for runs, on a task queue that nobody works on. */
export class SyncBench {
  private constructor(
    readonly bench: Bench,
    readonly tasks: Tasks,
    readonly requests: SyncRequests,
  ) {}

  static async create(): Promise<SyncBench> {
    const bench = await Bench.create();
    const tasks = new Tasks({ url: bench.database.appUrl, onError: () => undefined });
    await tasks.start();
    return new SyncBench(bench, tasks, new SyncRequests(tasks, bench.grants, bench.clock));
  }

  grant({ tenantId }: Link): Promise<Grant> {
    return this.bench.store.inTenant(tenantId, (tx) => this.bench.grants.require(tx, tenantId, 'sync'));
  }

  /** The runs for which a task is queued. */
  async queued(link: Link): Promise<string[]> {
    const rows = await this.bench.rows<{ id: string }>(
      link,
      `select data ->> 'runId' as id from task.job where data ->> 'tenantId' = $1 order by created_on`,
      [link.tenantId],
    );
    return rows.map(({ id }) => id);
  }

  async close(): Promise<void> {
    await this.tasks.stop(0);
    await this.bench.close();
  }
}
