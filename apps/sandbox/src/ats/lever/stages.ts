import { createHash } from 'node:crypto';
import { stagesOf } from '../../live/links.js';
import type { Account } from '../account.js';

export interface Stage {
  readonly id: string;
  readonly text: string;
}

/** In the order of the pipeline; what vacancies are seeded with. */
const SEEDED = ['Applied', 'Screening', 'Alva Assessment', 'Interview', 'Second interview', 'Reference check', 'Offer'];

/** One pipeline for the account, whatever the posting; what was added to a job later comes last (Lever Data API documentation, 2026). */
export function stagesOfAccount({ records }: Account): readonly Stage[] {
  const { job: jobs } = records.tables;
  const added = jobs.changedLive().flatMap((job) => stagesOf(records, job, jobs.live(job).change).map(({ name }) => name));
  return [...new Set([...SEEDED, ...added])].map((text) => ({ id: stageIdOf(text), text }));
}

export function stageIdOf(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}

export function stageIndexOf(account: Account, name: string): number {
  const seeded = SEEDED.indexOf(name);
  return seeded >= 0 ? seeded : stagesOfAccount(account).findIndex(({ text }) => text === name);
}
