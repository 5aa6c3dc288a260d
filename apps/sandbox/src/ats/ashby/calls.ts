import { indexOfRemoteId } from '../../live/remote-ids.js';
import { jobOf } from '../../live/links.js';
import { sliceOf } from '../../live/slice.js';
import { header, type Exchange } from '../exchange.js';
import { Refusal, type Answer, type ListAnswer, type Route } from '../vendor.js';
import { answerList } from './list.js';
import { WRITES } from './writes.js';
import { applicationRow, candidateRow, jobRow, planId, postingRow, stageRows, statusOf, userRow } from './rows.js';

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

function jobList(exchange: Exchange): ListAnswer {
  const { account, body } = exchange;
  const expand = textsIn(body.any('expand'));
  const given = body.any('status');
  const statuses = given === undefined ? null : new Set(textsIn(given));
  body.any('includeUnpublishedJobPostingsIds');
  return answerList(exchange, {
    resource: 'job',
    row: (_, index) => jobRow(account, index, expand.includes('location')),
    ...(statuses !== null && { matches: (index: number) => statuses.has(statusOf(account, index)) }),
  });
}

function userList(exchange: Exchange): ListAnswer {
  const { account, body } = exchange;
  const isAll = body.any('includeDeactivated') === true;
  return answerList(exchange, {
    resource: 'user',
    row: userRow,
    ...(!isAll && { matches: (index: number) => userRow(account, index).isEnabled }),
  });
}

const candidateList = (exchange: Exchange): ListAnswer => answerList(exchange, { resource: 'candidate', row: candidateRow });

function applicationList(exchange: Exchange): ListAnswer {
  const { account, body } = exchange;
  const jobId = body.text('jobId');
  const status = body.text('status');
  const { records } = account;
  const isWanted = (index: number): boolean => {
    const job = jobOf(records, index, records.tables.application.live(index).change);
    const isOfJob = jobId === undefined || (job !== null && job === indexOfRemoteId('job', jobId));
    return isOfJob && (status === undefined || applicationRow(account, index).status === status);
  };
  const isNarrowed = jobId !== undefined || status !== undefined;
  return answerList(exchange, { resource: 'application', row: applicationRow, isNarrowed, ...(isNarrowed && { matches: isWanted }) });
}

const allJobs = ({ account }: Exchange): readonly number[] => sliceOf(account.records, 'job', null, Number.POSITIVE_INFINITY).indexes;

/** In one piece: this list has no pages (OpenAPI of 2026-08). */
function jobPostingList(exchange: Exchange): ListAnswer {
  const isListedOnly = exchange.body.any('listedOnly') === true;
  const postings = allJobs(exchange).map((index) => postingRow(exchange.account, index));
  return { items: postings.filter(({ isListed }) => isListed || !isListedOnly), wrap: (results) => ({ success: true, results }) };
}

function interviewPlanList(exchange: Exchange): ListAnswer {
  exchange.body.any('includeArchived');
  exchange.body.whole('limit', 1, 100);
  const plans = allJobs(exchange).map((index) => ({ id: planId(index), title: `Plan ${index}`, isArchived: false }));
  return { items: plans, wrap: (results) => ({ success: true, results, moreDataAvailable: false }) };
}

function interviewStageList(exchange: Exchange): ListAnswer {
  const plan = exchange.body.text('interviewPlanId') ?? '';
  const job = /^plan-(\d{1,9})$/.exec(plan)?.[1];
  const table = exchange.account.records.tables.job;
  if (job === undefined || Number(job) >= table.size || table.live(Number(job)).isDeleted)
    throw new Refusal(200, 'interview_plan_not_found', 'No such interview plan');
  return { items: stageRows(exchange.account, Number(job)), wrap: (results) => ({ success: true, results, moreDataAvailable: false }) };
}

const apiKeyInfo = ({ account }: Exchange): Answer => ({
  body: { success: true, results: { title: 'Alva', createdAt: account.clock.now().toISOString(), scopes: ['jobsRead', 'candidatesRead'] } },
});

const ORGANIZATION = new Set(['user.list']);

/** Every call is a POST with a JSON body that names the version it understands; a key of fewer rights is refused the candidates. */
const guarded =
  (name: string, route: Route): Route =>
  (exchange) => {
    if (!/application\/json; version=1/.test(header(exchange, 'accept') ?? ''))
      throw new Refusal(200, 'invalid_accept', 'Accept is not valid');
    if (
      exchange.account.behaviour.rights !== 'admin' &&
      (ORGANIZATION.has(name) || /^(candidate|application|customField|assessment)\./.test(name))
    )
      throw new Refusal(200, 'missing_endpoint_permission', 'The key has no permission for this');
    return route(exchange);
  };

const CALLS: Readonly<Record<string, Route>> = {
  'job.list': jobList,
  'jobPosting.list': jobPostingList,
  'interviewPlan.list': interviewPlanList,
  'interviewStage.list': interviewStageList,
  'user.list': userList,
  'candidate.list': candidateList,
  'application.list': applicationList,
  'apiKey.info': apiKeyInfo,
  ...WRITES,
};

export const ROUTES = Object.fromEntries(Object.entries(CALLS).map(([name, route]) => [`POST /${name}`, guarded(name, route)]));
