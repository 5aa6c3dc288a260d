import type { Resource } from '#libs/model';
import { modelsOf } from '../kombo/announcements.js';
import type { Integration } from '../kombo/integration.js';
import { applicationsOf, jobOf, stagesOf } from '../live/links.js';
import { addApplication, changeLive } from '../live/changing.js';
import { copyRecord } from '../kombo/sync.js';
import type { Change, Links, StageSpec } from '../live/table.js';
import { findRecord, findStage } from './addressing.js';
import { ControlError, type Body } from './checked.js';
import { readFields } from './record-fields.js';

const STAGE_MODELS = ['ats_application_stages', 'ats_join_jobs_application_stages'];

/** Something changes at the ATS; with `mirror`, Kombo sees it at once. */
export class RecordChanges {
  /** The models of which Kombo has seen something change. */
  readonly models = new Set<string>();

  constructor(
    private readonly integration: Integration,
    private readonly nowMs: number,
  ) {}

  add(resource: Resource, body: Body): number {
    const fields = readFields(resource, body);
    const links = resource === 'application' ? this.#readNewApplication(body) : this.#readLinks(resource, body);
    const mirror = body.boolean('mirror') ?? true;
    body.end();
    const { candidate } = links;
    const change = { fields, links };
    const index =
      candidate === undefined ? this.integration.tables[resource].add(change) : addApplication(this.integration, candidate, change);
    this.#settle(resource, index, mirror);
    return index;
  }

  change(resource: Resource, index: number, body: Body): void {
    const fields = readFields(resource, body);
    const links = this.#readLinks(resource, body);
    const mirror = body.boolean('mirror') ?? true;
    body.end();
    this.#set(resource, index, fields, links, mirror);
  }

  changeMany(resource: Resource, body: Body): number {
    const first = body.integer('from', 0, 2_000_000) ?? 0;
    const count = body.integer('count', 1, 2_000_000);
    const fields = readFields(resource, body);
    const mirror = body.boolean('mirror') ?? true;
    body.end();
    if (count === undefined) throw new ControlError('count is required');
    const end = Math.min(first + count, this.integration.tables[resource].size);
    for (let index = first; index < end; index += 1) this.#set(resource, index, fields, {}, mirror);
    return Math.max(0, end - first);
  }

  move(application: number, body: Body): void {
    const { change } = this.integration.tables.application.live(application);
    const job = jobOf(this.integration, application, change);
    const ref = body.any('stage');
    const mirror = body.boolean('mirror') ?? true;
    body.end();
    if (job === null) throw new ControlError('the application has no job');
    const stage = ref === null ? null : findStage(this.integration, job, ref).key;
    this.#set('application', application, {}, { stage }, mirror);
  }

  setStages(job: number, change: (stages: readonly StageSpec[]) => readonly StageSpec[], mirror: boolean): void {
    const stages = change(stagesOf(this.integration, job, this.integration.tables.job.live(job).change));
    this.#set('job', job, {}, { stages }, mirror);
    if (mirror) for (const model of STAGE_MODELS) this.models.add(model);
  }

  /** A candidate takes their applications along. */
  setDeleted(resource: Resource, index: number, isDeleted: boolean, mirror: boolean): void {
    const table = this.integration.tables[resource];
    const applications = resource === 'candidate' ? applicationsOf(this.integration, index) : [];
    for (const application of applications) this.setDeleted('application', application, isDeleted, mirror);
    table.setLive(index, { change: table.live(index).change, isDeleted });
    this.#settle(resource, index, mirror);
  }

  #set(resource: Resource, index: number, fields: Change['fields'], links: Links, mirror: boolean): void {
    changeLive(this.integration, resource, index, { fields, links });
    this.#settle(resource, index, mirror);
  }

  #settle(resource: Resource, index: number, mirror: boolean): void {
    if (!mirror) return;
    copyRecord(this.integration, resource, index, this.nowMs);
    for (const model of modelsOf([resource])) this.models.add(model);
  }

  #readLinks(resource: Resource, body: Body): Links {
    const team = resource === 'job' ? body.list('hiringTeam') : undefined;
    return team === undefined ? {} : { team: team.map((ref) => findRecord(this.integration, 'user', ref)) };
  }

  #readNewApplication(body: Body): Links {
    const candidate = findRecord(this.integration, 'candidate', body.any('candidate'));
    const job = findRecord(this.integration, 'job', body.any('job'));
    const stage = findStage(this.integration, job, body.any('stage') ?? 0).key;
    return { candidate, job, stage };
  }
}
