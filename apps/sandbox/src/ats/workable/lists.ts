import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { indexOfRemoteId } from '../../live/remote-ids.js';
import { sliceOf } from '../../live/slice.js';
import type { Account } from '../account.js';
import { param, type Exchange } from '../exchange.js';
import { Refusal, type Answer, type ListAnswer } from '../vendor.js';
import { paged, timeIn, type Range } from './page.js';
import {
  candidateDetail,
  candidateRow,
  describing,
  JOB_PREFIX,
  jobDetail,
  jobRow,
  memberRow,
  nameOf,
  roleOf,
  stateOf,
  teamRows,
} from './rows.js';
import { isRow, rowSlice } from './slices.js';
import { stagesOfAccount, stagesOfJob } from './stages.js';

/** Oldest first; texts that describe a job where `include_fields` names them (Workable API reference, 2026). */
export function jobs(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  const state = query.oneOf('state', ['draft', 'published', 'closed', 'archived']);
  const [sinceMs, createdMs] = [timeIn(query, 'updated_after'), timeIn(query, 'created_after')];
  const included = query.parts('include_fields', 10) ?? [];
  if (included.some((name) => !Object.keys(describing(account)).includes(name))) throw query.refused('include_fields');
  const slice = ({ from, to, limit }: Range) => {
    const isOld = (index: number): boolean => createdMs > 0 && jobFacts(account.records, index).createdMs < createdMs;
    const matches = (index: number): boolean => index <= to && (state === undefined || stateOf(account, index) === state) && !isOld(index);
    return sliceOf(account.records, 'job', from, limit, { matches, sinceMs });
  };
  const added = Object.fromEntries(Object.entries(describing(account)).filter(([name]) => included.includes(name)));
  const named = { key: 'jobs', resource: 'job', prefix: JOB_PREFIX } as const;
  return paged(exchange, named, slice, (index) => ({ ...jobRow(account, index), ...added }));
}

/** Those who are active, unless `status` says otherwise; `name` is the whole name (Workable API reference, 2026). */
export function members(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  const status = query.oneOf('status', ['active', 'inactive', 'all']) ?? 'active';
  const role = query.oneOf('role', ['simple', 'admin', 'reviewer']);
  const [shortcode, email, name] = [query.text('shortcode'), query.text('email'), query.text('name')];
  const team = shortcode === undefined ? undefined : jobFacts(account.records, jobNumber(account, shortcode)).team;
  const matches = (index: number): boolean => {
    const facts = userFacts(account.records, index);
    return (
      (status === 'all' || facts.isActive === (status === 'active')) &&
      (role === undefined || roleOf(index) === role) &&
      (team?.includes(index) ?? true) &&
      (email === undefined || facts.email === email) &&
      (name === undefined || nameOf(facts) === name)
    );
  };
  const slice = ({ from, to, limit }: Range) =>
    sliceOf(account.records, 'user', from, limit, { matches: (index) => index <= to && matches(index) });
  return paged(exchange, { key: 'members', resource: 'user' }, slice, (index) => memberRow(account, index));
}

export function candidates(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  requireScope(account);
  const shortcode = query.text('shortcode');
  return rowsOf(exchange, shortcode === undefined ? undefined : jobNumber(account, shortcode));
}

export function candidatesOfJob(exchange: Exchange): ListAnswer {
  requireScope(exchange.account);
  return rowsOf(exchange, jobNumber(exchange.account, param(exchange, 'shortcode')));
}

/** `stage` is a slug, though a row holds the stage's name (Workable API reference, 2026). */
function rowsOf(exchange: Exchange, job: number | undefined): ListAnswer {
  const { account, query } = exchange;
  const { records } = account;
  const [sinceMs, createdMs] = [timeIn(query, 'updated_after'), timeIn(query, 'created_after')];
  const [email, slug] = [query.text('email'), query.text('stage')];
  const matches = (index: number): boolean => {
    if (createdMs === 0 && email === undefined && slug === undefined) return true;
    const facts = applicationFacts(records, index);
    return (
      facts.createdMs >= createdMs &&
      (email === undefined || candidateFacts(records, facts.candidate).emails[0] === email) &&
      (slug === undefined || stagesOfJob(records, facts.job ?? 0)[facts.stage?.position ?? -1]?.slug === slug)
    );
  };
  const slice = (range: Range) => rowSlice(records, range, { sinceMs, job, matches });
  return paged(exchange, { key: 'candidates', resource: 'application' }, slice, (index) => candidateRow(account, index));
}

export function candidate(exchange: Exchange): Answer {
  requireScope(exchange.account);
  const index = indexOfRemoteId('application', param(exchange, 'id'));
  if (index === undefined || !isRow(exchange.account.records, index)) throw new Refusal(404, 'not_found', 'Not found');
  return { body: { candidate: candidateDetail(exchange.account, index) } };
}

function requireScope({ behaviour }: Account): void {
  if (behaviour.rights !== 'admin') throw new Refusal(403, 'forbidden', 'The token has not the scope r_candidates');
}

function jobNumber({ records }: Account, shortcode: string): number {
  const index = indexOfRemoteId('job', shortcode);
  if (index === undefined || index >= records.tables.job.size || records.tables.job.live(index).isDeleted)
    throw new Refusal(404, 'not_found', 'Not found');
  return index;
}

const ofJob =
  (key: string, rows: (account: Account, job: number) => readonly object[]) =>
  (exchange: Exchange): ListAnswer => ({
    items: rows(exchange.account, jobNumber(exchange.account, param(exchange, 'shortcode'))),
    wrap: (items) => ({ [key]: items }),
  });

export const stagesOfOneJob = ofJob('stages', ({ records }, index) => stagesOfJob(records, index));
export const membersOfJob = ofJob('members', teamRows);
/** Outside recruiters: nobody here has one. */
export const recruitersOfJob = ofJob('recruiters', () => []);

export const job = (exchange: Exchange): Answer => ({
  body: jobDetail(exchange.account, jobNumber(exchange.account, param(exchange, 'shortcode'))),
});

export const stages = ({ account }: Exchange): ListAnswer => ({
  items: stagesOfAccount(account.records),
  wrap: (items) => ({ stages: items }),
});
