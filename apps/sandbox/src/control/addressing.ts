import { RESOURCES, type Resource } from '#libs/model';
import type { Integration } from '../kombo/integration.js';
import { ID_PATTERN } from '../kombo/ids.js';
import type { Kombo } from '../kombo/kombo.js';
import { stagesOf } from '../live/links.js';
import { indexOfRemoteId } from '../live/remote-ids.js';
import type { Ats } from '../ats/ats.js';
import type { Account } from '../ats/account.js';
import type { Records } from '../live/records.js';
import { stageOfId } from '../kombo/records/job-core.js';
import type { StageSpec } from '../live/table.js';
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

export function findAccount(ats: Ats, id: string): Account {
  const account = ats.accounts.get(id);
  if (account === undefined) throw new ControlError('there is no such account', 404);
  return account;
}

/** A record by its number, or by `remote:` and the ATS's id; deleted ones too. */
export function findByNumber(records: Pick<Records, 'tables'>, resource: Resource, ref: unknown): number {
  const index = numberIn(resource, String(ref));
  if (index === undefined || index >= records.tables[resource].size) throw new ControlError(`there is no such ${resource}`, 404);
  return index;
}

/** A record by Kombo's id too. */
export function findRecord(integration: Integration, resource: Resource, ref: unknown): number {
  const text = String(ref);
  const index = ID_PATTERN.test(text) ? integration.ids.numberOf(resource, text) : undefined;
  return findByNumber(integration, resource, index ?? ref);
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
