import { jobFacts } from '../../live/facts.js';
import { sliceOf } from '../../live/slice.js';
import type { Exchange } from '../exchange.js';
import { Refusal } from '../vendor.js';
import { boundsIn, confidentialityIn, visibilityIn, type Kind, type Row, type Walk } from './list.js';
import { isConfidential, postingRow } from './posting-rows.js';
import { userRow } from './user-rows.js';
import type { Account } from '../account.js';

const STATES = ['published', 'internal', 'closed', 'draft', 'pending', 'rejected'];
const CATEGORIES = ['team', 'department', 'location', 'commitment', 'level'] as const;

/** What may stand beside `updated_at_…` (Lever Data API documentation, 2026: list all postings); a walk's own two are no filters. */
const BESIDE_UPDATED_AT = new Set(['updated_at_start', 'updated_at_end', 'confidentiality', 'limit', 'offset']);

/** How long a span of `/postings/deleted` may be; longer ones are refused. */
const DELETED_WITHIN_MS = 30 * 86_400_000;

const teamRows = (account: Account, index: number): readonly Row[] =>
  jobFacts(account.records, index).team.map((user) => userRow(account, user));

export const POSTING: Kind = {
  row: postingRow,
  expandable: {
    user: (account, index) => teamRows(account, index)[0] ?? null,
    owner: (account, index) => teamRows(account, index)[0] ?? null,
    hiringManager: (account, index) => teamRows(account, index)[1] ?? null,
    followers: teamRows,
  },
  onlyIncluded: ['followers'],
};

export const DELETED_POSTING: Kind = {
  row: (account, index) => ({ ...postingRow(account, index), deletedAt: account.records.tables.job.live(index).atMs, deletedBy: null }),
};

export function postingsOf(exchange: Exchange): Walk {
  const { account, query } = exchange;
  const bounds = boundsIn(exchange, 'updated_at');
  const other = query.names.find((name) => !BESIDE_UPDATED_AT.has(name));
  if (Object.keys(bounds).length > 0 && other !== undefined)
    throw new Refusal(400, 'BadRequest', `updated_at_ parameters cannot be used in combination with ${other}`);
  const isAllowed = confidentialityIn(exchange);
  const tests = [...categoryTests(exchange), publicationTest(exchange)];
  const matches = (index: number): boolean => {
    if (!isAllowed(isConfidential(jobFacts(account.records, index)))) return false;
    const row = postingRow(account, index);
    return tests.every((test) => test(row));
  };
  return (from, limit) => sliceOf(account.records, 'job', from, limit, { ...bounds, matches });
}

/** Who asks for published ones gets those of the public job site, unless they name the sites. */
function publicationTest({ query }: Exchange): (row: Row) => boolean {
  const states = query.texts('state');
  const named = query.texts('distributionChannel');
  if (states.some((state) => !STATES.includes(state))) throw query.refused('state');
  if (named.some((channel) => channel !== 'public' && channel !== 'internal')) throw query.refused('distributionChannel');
  const channels = named.length === 0 && states.includes('published') ? ['public'] : named;
  return ({ state, distributionChannels }) => {
    if (states.length > 0 && !states.includes(String(state))) return false;
    if (state !== 'published' || channels.length === 0) return true;
    return Array.isArray(distributionChannels) && channels.some((channel) => distributionChannels.includes(channel));
  };
}

function categoryTests({ query }: Exchange): ((row: Row) => boolean)[] {
  return CATEGORIES.flatMap((category) => {
    const wanted = query.texts(category);
    if (wanted.length === 0) return [];
    return [({ categories }: Row) => wanted.includes(String(new Map(Object.entries(categories ?? {})).get(category)))];
  });
}

/** Tombstones; of the last 30 days where no span is named. */
export function deletedPostingsOf(exchange: Exchange): Walk {
  const { account } = exchange;
  const given = boundsIn(exchange, 'deleted_at');
  const untilMs = given.untilMs ?? account.clock.nowMs();
  const sinceMs = given.sinceMs ?? untilMs - DELETED_WITHIN_MS;
  if (untilMs - sinceMs > DELETED_WITHIN_MS) throw new Refusal(400, 'BadRequest', 'The span of deleted_at_ may not exceed 30 days');
  const isVisible = visibilityIn(exchange);
  const matches = (index: number): boolean => isVisible(isConfidential(jobFacts(account.records, index)));
  return (from, limit) => sliceOf(account.records, 'job', from, limit, { sinceMs, untilMs, deleted: true, matches });
}
