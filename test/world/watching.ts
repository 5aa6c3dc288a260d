import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from './tenant.js';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is looked at
type Json = any;

const LISTS = ['users', 'jobs', 'candidates', 'applications'] as const;

/** What a reader has seen that it must not see. */
export interface Seen {
  readonly listings: number;
  /** Records that are in the source all the time and were not in a listing. */
  readonly missing: readonly string[];
  /** A record of the ATS that was there under two ids at once. */
  readonly double: readonly string[];
  /** References that led nowhere. */
  readonly dangling: readonly string[];
}

/** Reads a tenant's lists again and again, as an internal service would, until it is told to stop. */
export class Watching {
  private readonly missing = new Set<string>();
  private readonly double = new Set<string>();
  private readonly dangling = new Set<string>();
  private readonly known = new Map<string, ReadonlySet<string>>();
  private listings = 0;
  private isOver = false;
  private readonly ended: Promise<void>;

  /** `lasting`: ids that every listing has to hold, by list. */
  constructor(
    private readonly tenant: Tenant,
    private readonly lasting: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.ended = this.watch();
  }

  async stop(): Promise<Seen> {
    this.isOver = true;
    await this.ended;
    return { listings: this.listings, missing: [...this.missing], double: [...this.double], dangling: [...this.dangling] };
  }

  private async watch(): Promise<void> {
    while (!this.isOver) {
      for (const list of LISTS) await this.look(list, await this.tenant.records(list));
      this.listings += 1;
      await pause(20);
    }
  }

  private async look(list: string, records: readonly Json[]): Promise<void> {
    const ids = new Set<string>(records.map(({ id }) => id));
    for (const id of this.lasting.get(list) ?? []) if (!ids.has(id)) this.missing.add(`${list} ${id}`);
    const names = new Set<string>();
    for (const { remoteId } of records) {
      if (names.has(remoteId)) this.double.add(`${list} ${remoteId}`);
      if (remoteId !== null) names.add(remoteId);
    }
    this.known.set(list, ids);
    if (list === 'applications') await this.follow(records);
  }

  /** Of what has been there all the time, whatever else comes and goes. */
  private async follow(applications: readonly Json[]): Promise<void> {
    const lasting = this.lasting.get('applications');
    for (const { id, candidateId, jobId } of applications) {
      if (lasting?.has(id) !== true) continue;
      if (this.known.get('candidates')?.has(candidateId) !== true) await this.lookAgain(id, 'candidates', 'candidateId');
      if (this.known.get('jobs')?.has(jobId) !== true) await this.lookAgain(id, 'jobs', 'jobId');
    }
  }

  /** It may have come since its list was read, or the application may be another's by now. */
  private async lookAgain(applicationId: string, list: string, reference: string): Promise<void> {
    const application = await this.tenant.record('applications', applicationId);
    const record = await this.tenant.record(list, application[reference]);
    if (record?.deletedAt !== null) this.dangling.add(`${applicationId} ${list}`);
  }
}
