import { vacancyOf } from '../../people/vacancy.js';
import type { Integration } from '../integration.js';
import { stagesOf } from '../../live/links.js';
import { remoteIdOf, stageRemoteId } from '../../live/remote-ids.js';
import { isOpen } from '../scopes.js';
import { rowOf, type Json } from './parts.js';

/** More stages than any job has. */
const STAGE_KEYS = 64;

export function stageId(integration: Integration, job: number, key: number): string {
  return integration.ids.idOf('stage', job * STAGE_KEYS + key);
}

/** Undefined: not an id of this integration's stages. */
export function stageOfId(integration: Integration, id: string): { job: number; key: number } | undefined {
  const number = integration.ids.numberOf('stage', id);
  return number === undefined ? undefined : { job: Math.floor(number / STAGE_KEYS), key: number % STAGE_KEYS };
}

/** What applications and candidates repeat of a job. */
export function nestedJob(integration: Integration, job: number | null): Json | null {
  if (job === null || !isOpen(integration.appliedScopes.model('job'))) return null;
  return { id: integration.ids.idOf('job', job), remote_id: remoteIdOf('job', job), name: jobName(integration, job) };
}

/** What applications and candidates repeat of a stage. */
export function nestedStage(integration: Integration, job: number | null, key: number | null): Json | null {
  if (job === null || key === null) return null;
  const stages = stagesOf(integration, job, rowOf(integration.tables.job, job).change);
  const position = stages.findIndex((stage) => stage.key === key);
  return {
    id: stageId(integration, job, key),
    remote_id: stageRemoteId(job, key),
    name: stages[position]?.name ?? null,
    index: position === -1 ? null : position,
  };
}

function jobName(integration: Integration, job: number): unknown {
  const { fields } = rowOf(integration.tables.job, job).change;
  return 'name' in fields ? fields['name'] : vacancyOf(integration.recipe.seed, job, integration.recipe.users).name;
}
