import type { Resource } from '#libs/model';
import { jobFacts } from '../../live/facts.js';
import { indexOfRemoteId, remoteIdOf } from '../../live/remote-ids.js';
import { sliceOf, type Slice } from '../../live/slice.js';
import type { Account } from '../account.js';
import { param, type Exchange } from '../exchange.js';
import { Refusal, type Answer, type ListAnswer } from '../vendor.js';
import { candidateDetail, candidateRow, jobDetail, jobRow, kindOf, memberRow, slugOf, stageRows, stateOf, teamRows } from './rows.js';
import { rowSlice } from './slices.js';

/** Default 50, at most 100; `since_id` is the first one that is not wanted any more (Workable API reference, 2026). */
function paged(
  exchange: Exchange,
  key: string,
  resource: Resource,
  slice: (from: number | null, limit: number) => Slice,
  row: (index: number) => object,
): ListAnswer {
  const { query, account, loops } = exchange;
  const limit = query.whole('limit', 1, 100) ?? 50;
  const sinceId = query.text('since_id', /^[\w-]{1,100}$/);
  const since = sinceId === undefined ? null : indexOfRemoteId(resource, sinceId);
  if (since === undefined) throw query.refused('since_id');
  const { indexes, next } = slice(since === null ? null : since + 1, limit);
  const last = indexes.at(-1);
  const nextId = loops ? sinceId : next === null || last === undefined ? undefined : remoteIdOf(resource, last);
  return {
    items: indexes.map(row),
    indexes,
    wrap: (items) => ({ [key]: items, ...(nextId !== undefined && { paging: { next: addressOf(account, exchange, nextId) } }) }),
  };
}

/** Absolute, with all that was asked. */
function addressOf(account: Account, { request }: Exchange, sinceId: string): string {
  const [path = '', query = ''] = request.url.split('?');
  const asked = new URLSearchParams(query);
  asked.set('since_id', sinceId);
  return `https://${account.id}.workable.com${path.replace('/ats/workable', '')}?${asked.toString()}`;
}

const sinceIn = ({ query }: Exchange): number | undefined => {
  query.time('created_after');
  return query.time('updated_after');
};

export function jobs(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  const state = query.oneOf('state', ['draft', 'published', 'closed', 'archived']);
  const sinceMs = sinceIn(exchange);
  const matches = (index: number): boolean => state === undefined || stateOf(account, index) === state;
  const wanted = { matches, ...(sinceMs === undefined ? {} : { sinceMs }) };
  return paged(
    exchange,
    'jobs',
    'job',
    (from, limit) => sliceOf(account.records, 'job', from, limit, wanted),
    (index) => jobRow(account, index),
  );
}

export function members(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  query.oneOf('status', ['active', 'inactive', 'all']);
  query.text('role');
  const slice = (from: number | null, limit: number) => sliceOf(account.records, 'user', from, limit);
  return paged(exchange, 'members', 'user', slice, (index) => memberRow(account, index));
}

export function candidates(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  requireAdmin(account);
  const shortcode = query.text('shortcode');
  return rowsOf(exchange, shortcode === undefined ? undefined : jobNumber(account, shortcode));
}

export function candidatesOfJob(exchange: Exchange): ListAnswer {
  requireAdmin(exchange.account);
  return rowsOf(exchange, jobNumber(exchange.account, param(exchange, 'shortcode')));
}

function rowsOf(exchange: Exchange, job: number | undefined): ListAnswer {
  const { account } = exchange;
  const sinceMs = sinceIn(exchange);
  const slice = (from: number | null, limit: number) => rowSlice(account.records, from, limit, { sinceMs, job });
  return paged(exchange, 'candidates', 'application', slice, (index) => candidateRow(account, index));
}

/** The scope r_candidates. */
function requireAdmin({ behaviour }: Account): void {
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

export const stagesOfJob = ofJob('stages', stageRows);
export const membersOfJob = ofJob('members', teamRows);
export const recruitersOfJob = ofJob('recruiters', () => []);
export const job = (exchange: Exchange): Answer => ({
  body: jobDetail(exchange.account, jobNumber(exchange.account, param(exchange, 'shortcode'))),
});

export function candidate(exchange: Exchange): Answer {
  const index = indexOfRemoteId('application', param(exchange, 'id'));
  if (index === undefined) throw new Refusal(404, 'not_found', 'Not found');
  return { body: { candidate: candidateDetail(exchange.account, index) } };
}

/** Of the account: every name that a job's stages have, once. */
export function stages({ account }: Exchange): ListAnswer {
  const bySlug = new Map<string, object>();
  for (const index of sliceOf(account.records, 'job', null, Number.POSITIVE_INFINITY).indexes)
    for (const stage of jobFacts(account.records, index).stages)
      bySlug.set(slugOf(stage), { slug: slugOf(stage), name: stage.name, kind: kindOf(stage.name), position: bySlug.size });
  return { items: [...bySlug.values()], wrap: (items) => ({ stages: items }) };
}
