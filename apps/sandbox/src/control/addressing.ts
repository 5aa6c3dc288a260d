import { RESOURCES, type Resource } from '#libs/model';
import type { Integration } from '../kombo/integration.js';
import { ID_PATTERN } from '../kombo/ids.js';
import type { Kombo } from '../kombo/kombo.js';
import { stagesOf } from '../kombo/links.js';
import { indexOfRemoteId } from '../kombo/remote-ids.js';
import { stageOfId } from '../kombo/records/job-core.js';
import type { StageSpec } from '../kombo/table.js';
import { ControlError } from './checked.js';

export function findIntegration(kombo: Kombo, id: string): Integration {
  const integration = kombo.integrations.get(id);
  if (integration === undefined) throw new ControlError('there is no such integration', 404);
  return integration;
}

export function findResource(plural: string): Resource {
  const resource = RESOURCES.find((name) => `${name}s` === plural);
  if (resource === undefined) throw new ControlError('the resource must be users, jobs, candidates or applications', 404);
  return resource;
}

/** A record by its number, by Kombo's id, or by `remote:` and the ATS's id; deleted ones too. */
export function findRecord(integration: Integration, resource: Resource, ref: unknown): number {
  const text = String(ref);
  const index = ID_PATTERN.test(text) ? integration.ids.numberOf(resource, text) : numberIn(resource, text);
  if (index === undefined || index >= integration.tables[resource].size) throw new ControlError(`there is no such ${resource}`, 404);
  return index;
}

function numberIn(resource: Resource, text: string): number | undefined {
  if (text.startsWith('remote:')) return indexOfRemoteId(resource, text.slice('remote:'.length));
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** One of the job's stages as they are at the ATS: by Kombo's id, by name, or by position. */
export function findStage(integration: Integration, job: number, ref: unknown): StageSpec {
  const stages = stagesOf(integration, job, integration.tables.job.live(job).change);
  const byId = typeof ref === 'string' && ID_PATTERN.test(ref) ? stageOfId(integration, ref) : undefined;
  const found =
    stages.find(({ name }) => name === ref) ??
    stages.find(({ key }) => byId?.job === job && byId.key === key) ??
    (typeof ref === 'number' ? stages[ref] : undefined);
  if (found === undefined)
    throw new ControlError(`the job has no such stage; it has ${stages.map(({ name }) => JSON.stringify(name)).join(', ')}`);
  return found;
}
