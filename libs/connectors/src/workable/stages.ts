import type { Call } from '../contract/call.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import { readParts } from './client.js';

/** Jobs whose own stages are asked for within one page: each costs a request of ten in ten seconds. */
const MOST_JOBS = 20;

/** A stage's slug is its name within a job. Null where it cannot be one of ours. */
export function stageIdOf(shortcode: string | null, slug: string | null): string | null {
  const id = shortcode === null || slug === null ? null : `${shortcode}:${slug}`;
  return isExternalId(id) ? id : null;
}

export const stagesOfJob = (call: Call, shortcode: string): Promise<readonly unknown[]> =>
  readParts(call, `jobs/${encodeURIComponent(shortcode)}/stages`, 'stages');

/**
 * Adds to rows the slug of the stage that they name: by the stages of the account, and where these know the name not at all or several times,
 * by those of the row's own job. Null where neither tells.
 */
export async function withStageSlugs(call: Call, rows: readonly unknown[]): Promise<readonly unknown[]> {
  const ofAccount = slugsByName(await readParts(call, 'stages', 'stages'));
  const unclear = rows.flatMap((row) => {
    const [shortcode, name] = stageOf(row);
    return shortcode !== null && name !== null && ofAccount.get(name)?.length !== 1 ? [shortcode] : [];
  });
  const ofJobs = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const shortcode of [...new Set(unclear)].slice(0, MOST_JOBS)) ofJobs.set(shortcode, slugsByName(await stagesOfJob(call, shortcode)));
  return rows.map((row) => {
    if (!isObject(row)) return row;
    const [shortcode, name] = stageOf(row);
    const slugs = name === null ? [] : (ofJobs.get(shortcode ?? '') ?? ofAccount).get(name);
    return { ...row, stageSlug: slugs?.length === 1 ? slugs[0] : null };
  });
}

function slugsByName(stages: readonly unknown[]): ReadonlyMap<string, readonly string[]> {
  const slugs = new Map<string, string[]>();
  for (const stage of stages.filter(isObject)) {
    const [name, slug] = [own(stage, 'name'), own(stage, 'slug')];
    if (typeof name === 'string' && typeof slug === 'string') slugs.set(name, [...(slugs.get(name) ?? []), slug]);
  }
  return slugs;
}

function stageOf(row: unknown): readonly [shortcode: string | null, name: string | null] {
  const job = isObject(row) ? own(row, 'job') : null;
  const [shortcode, name] = [isObject(job) ? own(job, 'shortcode') : null, isObject(row) ? own(row, 'stage') : null];
  return [isExternalId(shortcode) && /^[\w-]+$/.test(shortcode) ? shortcode : null, typeof name === 'string' ? name : null];
}
