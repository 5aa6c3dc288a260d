import { draw } from '../../people/draw.js';
import { daysOf } from '../../people/days.js';
import type { Integration } from '../integration.js';
import { jobOf, stageKeyOf } from '../../live/links.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { changedAtMs, hidden, hiddenUrl, iso, isoOrNull, rowOf, type Json } from './parts.js';
import { nestedJob, nestedStage } from './job-core.js';

/** What a candidate repeats of an application. */
export function applicationCore(integration: Integration, index: number): Json {
  const row = rowOf(integration.tables.application, index);
  const days = daysOf(integration.recipe.seed, index, 80);
  const job = jobOf(integration, index, row.change);
  const stage = stageKeyOf(integration, index, row.change);
  const core: Json = {
    id: integration.ids.idOf('application', index),
    remote_id: remoteIdOf('application', index),
    ...outcomeOf(integration, index, days.updatedMs),
    remote_url: hiddenUrl(integration, `https://ats.example/applications/${remoteIdOf('application', index)}`),
    changed_at: iso(changedAtMs(row, days.seenMs)),
    remote_created_at: iso(days.createdMs),
    remote_updated_at: isoOrNull(row.changedAtMs ?? days.updatedMs),
    current_stage: nestedStage(integration, job, stage),
    job: nestedJob(integration, job),
  };
  for (const [key, value] of Object.entries(row.change.fields)) if (key in core) core[key] = value;
  return core;
}

/** Only what the list's filters look at: they look at a million of them. */
export function applicationFacts(integration: Integration, index: number): Json {
  const days = daysOf(integration.recipe.seed, index, 80);
  const seeded = { ...outcomeOf(integration, index, days.updatedMs), remote_created_at: iso(days.createdMs) };
  return { ...seeded, ...rowOf(integration.tables.application, index).change.fields };
}

/** Kombo derives an outcome where the ATS lets it. */
function outcomeOf(integration: Integration, index: number, updatedMs: number): Json {
  const drawn = draw(integration.recipe.seed, index, 83) % 100;
  if (drawn < 78) return { outcome: 'PENDING', rejection_reason_name: null, rejected_at: null };
  if (drawn < 92) {
    return {
      outcome: 'DECLINED',
      rejection_reason_name: hidden(integration, 'Did not pass the health check'),
      rejected_at: iso(updatedMs),
    };
  }
  return { outcome: drawn < 97 ? 'HIRED' : null, rejection_reason_name: null, rejected_at: null };
}
