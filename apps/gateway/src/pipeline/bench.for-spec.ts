import { randomUUID } from 'node:crypto';
import type { DpaSigned, EntryContent } from '#libs/consent';
import { RESOURCES, type Resource } from '#libs/model';
import {
  advanceEpoch,
  claimRun,
  Integration,
  requestRun,
  Store,
  SyncRun,
  type ClaimedRun,
  type SyncMode,
  type SyncRunRow,
} from '#libs/store';
import { createDatabase, TestClock, type TestDatabase } from '#libs/testkit';
import { Grants } from '../consents/grants.js';
import { Ledger } from '../consents/ledger.js';
import { Pipeline } from './pipeline.js';
import { callOf, type Source } from './source.for-spec.js';

export interface Link {
  readonly tenantId: string;
  readonly integrationId: string;
}

export const DPA: DpaSigned = {
  kind: 'dpa-signed',
  documentVersion: '1',
  signedAt: '2026-01-01T00:00:00Z',
  effectiveFrom: '2026-01-01T00:00:00Z',
  covers: { read: ['job', 'user', 'candidate', 'application'], write: [] },
  subProcessors: [],
  recordedFor: 'legal',
};
export const ENABLED: EntryContent = { kind: 'integration-enabled', by: 'customer' };
export const DISABLED: EntryContent = { kind: 'integration-disabled', by: 'customer' };

/** The pipeline on a database of its own, without the parts that ask it to work. */
export class Bench {
  readonly clock = new TestClock();
  readonly ledger = new Ledger(this.clock);
  readonly grants = new Grants(this.clock, this.ledger);
  readonly pipeline: Pipeline;

  private constructor(
    readonly database: TestDatabase,
    readonly store: Store,
  ) {
    this.pipeline = new Pipeline(store, this.grants, this.clock);
  }

  static async create(): Promise<Bench> {
    const database = await createDatabase();
    return new Bench(database, await Store.open({ url: database.appUrl, poolMax: 8, privileged: 'refuse' }));
  }

  /** A tenant with an active integration and these entries in its ledger. */
  async link(...entries: readonly EntryContent[]): Promise<Link> {
    const tenantId = randomUUID();
    await this.store.inTenant(tenantId, (tx) => tx.run(`insert into tenant values ($1, 'Test', now())`, [tenantId]));
    const integrationId = await this.integration(tenantId, true);
    for (const entry of entries.length === 0 ? [DPA, ENABLED] : entries) await this.record({ tenantId }, entry);
    return { tenantId, integrationId };
  }

  async integration(tenantId: string, active: boolean): Promise<string> {
    const id = randomUUID();
    const now = this.clock.now();
    const row = {
      type: 'native',
      ats: 'test',
      connector: 'test',
      settings: {},
      state: 'connected',
      createdAt: now,
      updatedAt: now,
    } as const;
    await this.store.inTenant(tenantId, (tx) => tx.em.insert(Integration, { tenantId, id, active, ...row }));
    return id;
  }

  /** Appends an entry to the tenant's ledger. */
  async record({ tenantId }: Pick<Link, 'tenantId'>, entry: EntryContent): Promise<void> {
    await this.store.inTenant(tenantId, (tx) => this.ledger.append(tx, tenantId, entry, 'test'));
  }

  /** Narrows what enters for the tenant from now on. */
  async narrow({ tenantId }: Link, { hidden = {}, stage = null }: { hidden?: object; stage?: string | null }): Promise<void> {
    await this.store.inTenant(tenantId, async (tx) => {
      await tx.run(
        `insert into tenant_policy values ($1, $2, $3, null, now())
         on conflict (tenant_id) do update set hidden_fields = excluded.hidden_fields, job_stage_contains = excluded.job_stage_contains`,
        [tenantId, JSON.stringify(hidden), stage],
      );
      await advanceEpoch(tx, tenantId);
    });
  }

  /** Queues a run, unless one is not finished, and takes it as a worker does. */
  async claim({ tenantId, integrationId }: Link, mode: SyncMode = 'full', resources: readonly Resource[] = RESOURCES): Promise<ClaimedRun> {
    const now = this.clock.now();
    const run = await this.store.inTenant(tenantId, async (tx) => {
      const { id } = await requestRun(tx, { tenantId, integrationId, mode, cause: 'person', resources, now });
      return claimRun(tx, tenantId, id, now);
    });
    if (run === null) throw new Error('the run was finished before it was taken');
    return run;
  }

  /** Takes the run from where it stands to its end. */
  async work(run: ClaimedRun, source: Source): Promise<void> {
    const leave = this.pipeline.leaveFor(run);
    const call = callOf((start) => leave.admit(start));
    await this.pipeline.work(run, source.connector, call, leave);
  }

  /** A whole run; returns it as it ended. */
  async sync(link: Link, source: Source, mode: SyncMode = 'full', resources: readonly Resource[] = RESOURCES): Promise<SyncRunRow> {
    const run = await this.claim(link, mode, resources);
    await this.work(run, source);
    return this.runOf(run);
  }

  runOf({ tenantId, id }: ClaimedRun): Promise<SyncRunRow> {
    return this.store.inTenant(tenantId, (tx) => tx.em.findOneOrFail(SyncRun, { tenantId, id }));
  }

  rows<Row extends object>({ tenantId }: Link, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.store.inTenant(tenantId, (tx) => tx.rows<Row>(sql, parameters));
  }

  /** What the source calls the tenant's records of a table that are not deleted, in order. */
  async alive(link: Link, table: string): Promise<string[]> {
    const rows = await this.rows<{ name: string }>(
      link,
      `select i.external_id as name from ${table} r join identity i using (tenant_id, id) where r.deleted_at is null order by 1`,
    );
    return rows.map(({ name }) => name);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.database.drop();
  }
}
