import type { Grant } from '#libs/consent';
import type { Call } from '../contract/call.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import { readAll } from './client.js';
import { isGone } from './errors.js';

/**
 * Jobs with what Ashby holds apart from them, as far as it is granted: the stages of their default interview plan, and whether one of their
 * postings is listed. Requests: one per distinct plan, and the pages of the listed postings (Ashby OpenAPI, 2026-08).
 */
export async function joinJobs(call: Call, jobs: readonly unknown[], grant: Grant): Promise<readonly unknown[]> {
  const granted = grant.fields.get('job');
  const listed = granted?.has('visibility') === true && jobs.some(mayBePublic) ? await listedJobs(call) : null;
  const stages = granted?.has('stages') === true ? await stagesByPlan(call, jobs) : null;
  return jobs.map((job) => {
    if (!isObject(job)) return job;
    const isListed = listed === null ? null : listed.has(own(job, 'id'));
    return { ...job, isListed, stages: stages?.get(own(job, 'defaultInterviewPlanId')) ?? null };
  });
}

/** No posting makes any other job public, so none is asked for. */
const mayBePublic = (job: unknown): boolean => isObject(job) && own(job, 'status') === 'Open' && own(job, 'confidential') === false;

async function listedJobs(call: Call): Promise<ReadonlySet<unknown>> {
  const postings = await readAll(call, 'jobPosting.list', { listedOnly: true });
  const listed = postings.filter(isObject).filter((posting) => own(posting, 'isListed') === true);
  return new Set(listed.map((posting) => own(posting, 'jobId')));
}

/** One plan after the other: what a page may need of the limit is not needed at once. */
async function stagesByPlan(call: Call, jobs: readonly unknown[]): Promise<ReadonlyMap<unknown, readonly unknown[]>> {
  const plans = new Set(jobs.filter(isObject).map((job) => own(job, 'defaultInterviewPlanId')));
  const stages = new Map<unknown, readonly unknown[]>();
  for (const plan of plans) if (isExternalId(plan)) stages.set(plan, await stagesOf(call, plan));
  return stages;
}

/** A plan may be deleted between the page and this. */
async function stagesOf(call: Call, interviewPlanId: string): Promise<readonly unknown[]> {
  try {
    return await readAll(call, 'interviewStage.list', { interviewPlanId });
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}
