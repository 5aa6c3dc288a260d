import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Resource } from '#libs/model';
import { announce, dataChanged } from '../kombo/announcements.js';
import type { Integration } from '../kombo/integration.js';
import type { Kombo } from '../kombo/kombo.js';
import { RECORD } from '../kombo/records/index.js';
import type { StageSpec } from '../live/table.js';
import { pathParam } from '../request-parts.js';
import { findIntegration, findRecord, findResource, findStage } from './addressing.js';
import { Body, ControlError } from './checked.js';
import { RecordChanges } from './record-changes.js';

const BASE = '/control/kombo/integrations/:id';

interface Target {
  readonly integration: Integration;
  readonly resource: Resource;
  readonly changes: RecordChanges;
  readonly body: Body;
  readonly ref: string;
  readonly stage: string;
}

export function registerRecords(server: FastifyInstance, kombo: Kombo): void {
  const target = (request: FastifyRequest): Target => {
    const integration = findIntegration(kombo, pathParam(request, 'id'));
    const resource = findResource(pathParam(request, 'resource') || 'jobs');
    const changes = new RecordChanges(integration, kombo.clock.nowMs());
    const body = new Body(request.body ?? request.query);
    return { integration, resource, changes, body, ref: pathParam(request, 'ref'), stage: pathParam(request, 'stage') };
  };
  /** What Kombo has seen is told as an upstream webhook would have it told, once per call. */
  const told = <Answer>(at: Target, answer: Answer): Answer => {
    const { integration, changes } = at;
    if (changes.models.size > 0 && integration.behaviour.upstreamWebhooks)
      void announce(kombo, integration, dataChanged(integration, [...changes.models]));
    return answer;
  };
  const onRecord = (at: Target, change: (target: Target, index: number) => void) => told(at, changed(at, change));
  server.post(`${BASE}/records/:resource`, (request) => {
    const at = target(request);
    return told(at, add(at));
  });
  server.post(`${BASE}/records/:resource/change-many`, (request) => {
    const at = target(request);
    return told(at, { changed: at.changes.changeMany(at.resource, at.body) });
  });
  server.get(`${BASE}/records/:resource/:ref`, (request) => onRecord(target(request), () => undefined));
  server.patch(`${BASE}/records/:resource/:ref`, (request) =>
    onRecord(target(request), ({ changes, resource, body }, index) => changes.change(resource, index, body)),
  );
  server.delete(`${BASE}/records/:resource/:ref`, (request) => onRecord(target(request), (at, index) => setDeleted(at, index, true)));
  server.post(`${BASE}/records/:resource/:ref/restore`, (request) =>
    onRecord(target(request), (at, index) => setDeleted(at, index, false)),
  );
  server.post(`${BASE}/records/:resource/:ref/move`, (request) => onRecord(target(request), move));
  server.post(`${BASE}/records/jobs/:ref/stages`, (request) => onRecord(target(request), addStage));
  server.patch(`${BASE}/records/jobs/:ref/stages/:stage`, (request) => onRecord(target(request), renameStage));
  server.delete(`${BASE}/records/jobs/:ref/stages/:stage`, (request) => onRecord(target(request), removeStage));
}

function add({ integration, resource, changes, body }: Target) {
  return view(integration, resource, changes.add(resource, body));
}

function changed(target: Target, change: (target: Target, index: number) => void) {
  const index = findRecord(target.integration, target.resource, target.ref);
  change(target, index);
  return view(target.integration, target.resource, index);
}

/** `record` is what Kombo's mirror holds, null if it has not seen the record yet. */
function view(integration: Integration, resource: Resource, index: number) {
  const table = integration.tables[resource];
  const isMirrored = table.mirrored(index) !== undefined;
  return {
    id: integration.ids.idOf(resource, index),
    index,
    live: table.live(index),
    record: isMirrored ? RECORD[resource](integration, index) : null,
  };
}

function setDeleted({ changes, resource, body }: Target, index: number, isDeleted: boolean): void {
  const mirror = readMirror(body);
  body.end();
  changes.setDeleted(resource, index, isDeleted, mirror);
}

function move({ changes, resource, body }: Target, index: number): void {
  if (resource !== 'application') throw new ControlError('only applications move from stage to stage');
  changes.move(index, body);
}

function addStage({ changes, body }: Target, job: number): void {
  const name = requiredName(body);
  const position = body.integer('position', 0, 60);
  endStages(changes, job, body, (stages) => stages.toSpliced(position ?? stages.length, 0, { key: nextKey(stages), name }));
}

function renameStage({ integration, changes, body, stage }: Target, job: number): void {
  const name = requiredName(body);
  const { key } = findStage(integration, job, stageRef(stage));
  endStages(changes, job, body, (stages) => stages.map((each) => (each.key === key ? { key, name } : each)));
}

function removeStage({ integration, changes, body, stage }: Target, job: number): void {
  const { key } = findStage(integration, job, stageRef(stage));
  endStages(changes, job, body, (stages) => stages.filter((each) => each.key !== key));
}

function endStages(changes: RecordChanges, job: number, body: Body, change: (stages: readonly StageSpec[]) => readonly StageSpec[]): void {
  const mirror = readMirror(body);
  body.end();
  changes.setStages(job, change, mirror);
}

/** Deletions carry it in the query, where everything is text. */
function readMirror(body: Body): boolean {
  const value = body.any('mirror') ?? true;
  if (value !== true && value !== false && value !== 'true' && value !== 'false') throw new ControlError('mirror must be true or false');
  return value === true || value === 'true';
}

function requiredName(body: Body): string {
  const name = body.text('name');
  if (name === undefined) throw new ControlError('name is required');
  return name;
}

function stageRef(stage: string): string | number {
  return /^\d{1,2}$/.test(stage) ? Number(stage) : stage;
}

/** Never one that a stage of the job had before. */
function nextKey(stages: readonly StageSpec[]): number {
  return Math.max(7, ...stages.map(({ key }) => key)) + 1;
}
