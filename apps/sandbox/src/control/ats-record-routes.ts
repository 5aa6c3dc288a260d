import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Resource } from '#libs/model';
import type { Account } from '../ats/account.js';
import type { Ats } from '../ats/ats.js';
import { announce } from '../ats/posting.js';
import { addRecord, changeRecord, setDeleted } from '../ats/records.js';
import type { Happening } from '../ats/vendor.js';
import { jobOf, stagesOf } from '../live/links.js';
import { remoteIdOf } from '../live/remote-ids.js';
import type { Links, StageSpec } from '../live/table.js';
import { pathParam } from '../request-parts.js';
import { findAccount, findByNumber, findResource } from './addressing.js';
import { Body, ControlError } from './checked.js';
import { readFields } from './record-fields.js';

interface Target {
  readonly account: Account;
  readonly resource: Resource;
  readonly body: Body;
  readonly index: number;
}

/** Records of an account: added, changed, moved, deleted and restored as on Kombo's control API, and told of as the vendor tells. */
export function registerAtsRecords(server: FastifyInstance, ats: Ats): void {
  const base = `/control/${ats.vendor.slug}/accounts/:id/records`;
  const told = (account: Account, happenings: readonly Happening[]): object => {
    announce(ats.vendor, account, happenings);
    const [first] = happenings.toReversed();
    return first === undefined ? {} : view(account, first.resource, first.index);
  };
  const on = (method: 'GET' | 'PATCH' | 'DELETE' | 'POST', path: string, change: (target: Target) => readonly Happening[]) =>
    server.route({ method, url: base + path, handler: (request) => answer(request, change) });
  const answer = (request: FastifyRequest, change: (target: Target) => readonly Happening[]) => {
    const account = findAccount(ats, pathParam(request, 'id'));
    const resource = findResource(pathParam(request, 'resource') || 'jobs');
    const body = new Body(request.body ?? request.query);
    const ref = pathParam(request, 'ref');
    const index = ref === '' ? -1 : findByNumber(account.records, resource, ref);
    const happenings = change({ account, resource, body, index });
    body.end();
    return happenings.length === 0 ? view(account, resource, index) : told(account, happenings);
  };
  on('POST', '/:resource', add);
  on('GET', '/:resource/:ref', () => []);
  on('PATCH', '/:resource/:ref', edit);
  on('DELETE', '/:resource/:ref', ({ account, resource, index }) => setDeleted(account, resource, index, true));
  on('POST', '/:resource/:ref/restore', ({ account, resource, index }) => setDeleted(account, resource, index, false));
  on('POST', '/:resource/:ref/move', move);
  on('POST', '/jobs/:ref/stages', addStage);
  server.patch(`${base}/jobs/:ref/stages/:stage`, (request) =>
    answer(request, (target) => renameStage(target, pathParam(request, 'stage'))),
  );
  server.delete(`${base}/jobs/:ref/stages/:stage`, (request) =>
    answer(request, (target) => removeStage(target, pathParam(request, 'stage'))),
  );
  server.post(`${base}/:resource/change-many`, (request) => changeMany(ats, request));
}

function view({ records }: Account, resource: Resource, index: number) {
  return { id: remoteIdOf(resource, index), index, live: records.tables[resource].live(index) };
}

function add({ account, resource, body }: Target): readonly Happening[] {
  const fields = readFields(resource, body);
  const links = resource === 'application' ? newApplication(account, body) : teamIn(account, resource, body);
  return [addRecord(account, resource, { fields, links })];
}

function edit({ account, resource, body, index }: Target): readonly Happening[] {
  const fields = readFields(resource, body);
  return [changeRecord(account, resource, index, { fields, links: teamIn(account, resource, body) })];
}

function changeMany(ats: Ats, request: FastifyRequest): object {
  const account = findAccount(ats, pathParam(request, 'id'));
  const resource = findResource(pathParam(request, 'resource'));
  const body = new Body(request.body);
  const first = body.integer('from', 0, 2_000_000) ?? 0;
  const count = body.integer('count', 1, 2_000_000);
  const fields = readFields(resource, body);
  body.end();
  if (count === undefined) throw new ControlError('count is required');
  const end = Math.min(first + count, account.records.tables[resource].size);
  for (let index = first; index < end; index += 1) announce(ats.vendor, account, [changeRecord(account, resource, index, { fields })]);
  return { changed: Math.max(0, end - first) };
}

function move({ account, resource, body, index }: Target): readonly Happening[] {
  if (resource !== 'application') throw new ControlError('only applications move from stage to stage');
  const job = jobOf(account.records, index, account.records.tables.application.live(index).change);
  if (job === null) throw new ControlError('the application has no job');
  const ref = body.any('stage');
  const stage = ref === null ? null : stageIn(stagesAt(account, job), ref).key;
  return [changeRecord(account, 'application', index, { links: { stage } })];
}

function addStage({ account, body, index }: Target): readonly Happening[] {
  const name = requiredName(body);
  const stages = stagesAt(account, index);
  const position = body.integer('position', 0, 60) ?? stages.length;
  const key = Math.max(7, ...stages.map((stage) => stage.key)) + 1;
  return [changeRecord(account, 'job', index, { links: { stages: stages.toSpliced(position, 0, { key, name }) } })];
}

function renameStage({ account, body, index }: Target, ref: string): readonly Happening[] {
  const name = requiredName(body);
  const stages = stagesAt(account, index);
  const { key } = stageIn(stages, stageRef(ref));
  return [changeRecord(account, 'job', index, { links: { stages: stages.map((each) => (each.key === key ? { key, name } : each)) } })];
}

function removeStage({ account, index }: Target, ref: string): readonly Happening[] {
  const stages = stagesAt(account, index);
  const { key } = stageIn(stages, stageRef(ref));
  return [changeRecord(account, 'job', index, { links: { stages: stages.filter((each) => each.key !== key) } })];
}

const stageRef = (ref: string): string | number => (/^\d{1,2}$/.test(ref) ? Number(ref) : ref);

const stagesAt = ({ records }: Account, job: number): readonly StageSpec[] => stagesOf(records, job, records.tables.job.live(job).change);

function stageIn(stages: readonly StageSpec[], ref: unknown): StageSpec {
  const found = stages.find(({ name }) => name === ref) ?? (typeof ref === 'number' ? stages[ref] : undefined);
  if (found !== undefined) return found;
  throw new ControlError(`the job has no such stage; it has ${stages.map(({ name }) => JSON.stringify(name)).join(', ')}`);
}

function requiredName(body: Body): string {
  const name = body.text('name');
  if (name === undefined) throw new ControlError('name is required');
  return name;
}

function teamIn({ records }: Account, resource: Resource, body: Body): Links {
  const team = resource === 'job' ? body.list('hiringTeam') : undefined;
  return team === undefined ? {} : { team: team.map((ref) => findByNumber(records, 'user', ref)) };
}

function newApplication(account: Account, body: Body): Links {
  const candidate = findByNumber(account.records, 'candidate', body.any('candidate'));
  const job = findByNumber(account.records, 'job', body.any('job'));
  return { candidate, job, stage: stageIn(stagesAt(account, job), body.any('stage') ?? 0).key };
}
