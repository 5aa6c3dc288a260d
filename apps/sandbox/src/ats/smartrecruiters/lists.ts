import { jobFacts } from '../../live/facts.js';
import { indexOfRemoteId } from '../../live/remote-ids.js';
import { sliceOf } from '../../live/slice.js';
import type { Exchange } from '../exchange.js';
import { assignmentsOf, candidateSlice, type Assignment } from './assignments.js';
import { afterIn, amongIn, type List } from './list.js';
import { candidateRow, departmentOf, jobRow, userRow } from './rows.js';
import { CANDIDATE_STATUSES } from './statuses.js';

const JOB_STATUSES = ['CREATED', 'SOURCING', 'FILLED', 'INTERVIEW', 'OFFER', 'CANCELLED', 'ON_HOLD'];
const POSTING_STATUSES = ['PUBLIC', 'INTERNAL', 'NOT_PUBLISHED', 'PRIVATE'];

const users: List = {
  row: userRow,
  slices: ({ account, query }) => {
    const sinceMs = afterIn(query, 'updatedAfter');
    return (from, limit) => sliceOf(account.records, 'user', from, limit, sinceMs === undefined ? {} : { sinceMs });
  },
};

const jobs: List = {
  row: jobRow,
  slices: ({ account, query }) => {
    const times = [afterIn(query, 'updatedAfter'), afterIn(query, 'lastActivityAfter')].filter((ms) => ms !== undefined);
    const matches = jobTest({ account, query });
    const wanted = { matches, ...(times.length > 0 && { sinceMs: Math.max(...times) }) };
    return (from, limit) => sliceOf(account.records, 'job', from, limit, wanted);
  },
};

function jobTest({ account, query }: Pick<Exchange, 'account' | 'query'>): (index: number) => boolean {
  const statuses = amongIn(query, 'status', JOB_STATUSES);
  const postings = amongIn(query, 'postingStatus', POSTING_STATUSES);
  const words = query.text('q')?.toLowerCase();
  const cities = query.texts('city');
  const departments = query.texts('department');
  return (index) => {
    const facts = jobFacts(account.records, index);
    const { status, postingStatus } = jobRow(account, index);
    return (
      (statuses?.has(String(status)) ?? true) &&
      (postings?.has(String(postingStatus)) ?? true) &&
      (words === undefined || (facts.name ?? '').toLowerCase().includes(words)) &&
      (cities.length === 0 || cities.includes(facts.place?.city ?? '')) &&
      (departments.length === 0 || departments.includes(departmentOf(facts)))
    );
  };
}

const candidates: List = {
  row: candidateRow,
  slices: (exchange) => {
    const { account, query } = exchange;
    const sinceMs = afterIn(query, 'updatedAfter');
    const isWanted = assignmentTest(exchange);
    return (from, limit) => candidateSlice(account.records, from, limit, { sinceMs, matches: isWanted ?? (() => true) });
  },
};

/** Whoever stands so in that job; null where nothing is asked for. A sub-status is of a status (SmartRecruiters API reference, 2026). */
function assignmentTest({ account, query }: Exchange): ((candidate: number) => boolean) | null {
  const jobIds = query.texts('jobId');
  const statuses = amongIn(query, 'status', CANDIDATE_STATUSES);
  const subStatus = query.text('subStatus');
  if (subStatus !== undefined && statuses === null) throw query.refused('subStatus');
  if (jobIds.length === 0 && statuses === null) return null;
  const ofJobs = jobIds.length === 0 ? undefined : new Set(jobIds.flatMap((id) => indexOfRemoteId('job', id) ?? []));
  const isSo = (assignment: Assignment) =>
    (statuses?.has(assignment.status) ?? true) && (subStatus === undefined || assignment.subStatus === subStatus);
  return (candidate) => assignmentsOf(account.records, candidate, ofJobs).some(isSo);
}

/** By path. */
export const LISTS: Readonly<Record<string, List>> = { '/user-api/v201804/users': users, '/jobs': jobs, '/candidates': candidates };
