import type { JobStatus, JobVisibility, RemoteStage } from '#libs/model';
import { RawObject } from '../contract/raw-object.js';

// Maps, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['draft', 'draft'],
  ['published', 'open'],
  ['internal', 'open'],
  ['closed', 'closed'],
  ['archived', 'archived'],
] as const);

const SPACED_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC$/;

/** `status` of an offer; the list of them is uncertain (`rawwar/tap-recruitee`, 2023), any other is unknown. */
export const statusOf = (text: string | null): JobStatus => STATUSES.get(text ?? '') ?? 'unknown';

/** Follows from the status alone: what is published can be seen by all. */
export function visibilityOf(text: string | null): JobVisibility {
  if (statusOf(text) === 'unknown') return 'unknown';
  return text === 'published' ? 'public' : 'private';
}

/** RFC 3339 in UTC. How a time is written is not documented (2026): one with a space and `UTC` is taken as well. */
export function timeIn(raw: RawObject, name: string): string | null {
  const [, day, time] = SPACED_TIME.exec(raw.text(name) ?? '') ?? [];
  return day === undefined ? raw.time(name) : new RawObject({ [name]: `${day}T${time}Z` }, raw.faults).time(name);
}

/** The stages of an offer's pipeline. */
export function stagesOf(raw: RawObject): readonly RemoteStage[] {
  const stages = (raw.object('pipeline_template')?.objects('stages') ?? []).map((stage) => {
    const id = requiredId(stage);
    return { externalId: id, remoteId: id, name: stage.text('name'), position: stage.whole('position') };
  });
  return [...new Map(stages.map((stage) => [stage.externalId, stage])).values()];
}

/** Recruiter, hiring manager and followers, each once. */
export function hiringTeamOf(raw: RawObject): readonly string[] {
  const leads = [raw.numberedReference('recruiter_id'), raw.numberedReference('hiring_manager_id')].filter((id) => id !== null);
  return [...new Set([...leads, ...raw.objects('followers').map(requiredId)])];
}

const requiredId = (part: RawObject): string => part.numberedReference('id') ?? part.id('id');
