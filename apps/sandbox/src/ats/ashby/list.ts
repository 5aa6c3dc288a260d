import type { Resource } from '#libs/model';
import { sliceOf } from '../../live/slice.js';
import type { Account } from '../account.js';
import { openCursor, sealCursor } from '../cursors.js';
import type { Exchange } from '../exchange.js';
import { Refusal, type ListAnswer } from '../vendor.js';

interface Walk {
  readonly from: number;
  /** Since when a delta reads; null: everything. */
  readonly sinceMs: number | null;
  /** When it began: what the next one reads from. */
  readonly startedMs: number;
  readonly page: number;
}

interface Token {
  readonly startedMs: number;
}

export interface List {
  readonly resource: Resource;
  readonly row: (account: Account, index: number) => object;
  readonly matches?: (index: number) => boolean;
  /** Where no sync token goes with what was asked. */
  readonly isNarrowed?: boolean;
}

const DAY_MS = 86_400_000;
/** How long a token is good: Ashby says only that it ends. */
const TOKEN_LASTS_MS = 30 * DAY_MS;

/** Every answer is HTTP 200, refusals too (OpenAPI of 2026-08; changelog of 2026-05-14 on sync tokens). */
export function answerList(exchange: Exchange, { resource, row, matches, isNarrowed = false }: List): ListAnswer {
  const { account, body, loops } = exchange;
  const limit = body.whole('limit', 1, 100) ?? 100;
  const createdAfterMs = body.whole('createdAfter', 0, 4_000_000_000_000);
  const walk = walkOf(exchange, resource);
  if (walk.sinceMs !== null && account.behaviour.incrementalPages !== null && walk.page > account.behaviour.incrementalPages)
    throw new Refusal(200, 'incremental_sync_too_large', 'Drop the token and read everything');
  const wanted = { ...(walk.sinceMs !== null && { sinceMs: walk.sinceMs }), ...(matches && { matches }) };
  const { indexes, next } = sliceOf(account.records, resource, walk.from, limit, wanted);
  const following = loops ? walk.from : next;
  const cursor =
    following === null
      ? undefined
      : sealCursor({ ...walk, from: following, page: walk.page + (loops ? 0 : 1) }, contextOf(account, resource));
  const hasToken = following === null && !isNarrowed && createdAfterMs === undefined;
  const syncToken = hasToken ? sealCursor({ startedMs: walk.startedMs }, [...contextOf(account, resource), 'sync']) : undefined;
  return {
    items: indexes.map((index) => row(account, index)),
    indexes,
    wrap: (results) => ({
      success: true,
      results,
      moreDataAvailable: cursor !== undefined,
      ...(cursor !== undefined && { nextCursor: cursor }),
      ...(syncToken !== undefined && { syncToken }),
    }),
  };
}

const contextOf = (account: Account, resource: Resource) => [account.id, resource];

function walkOf({ account, body }: Exchange, resource: Resource): Walk {
  const cursor = body.text('cursor', /^[^]{1,4000}$/);
  const syncToken = body.text('syncToken', /^[^]{1,4000}$/);
  const nowMs = account.clock.nowMs();
  if (cursor !== undefined) {
    const walk = openCursor(cursor, contextOf(account, resource));
    if (!isWalk(walk)) throw new Refusal(200, 'invalid_next_cursor', 'The cursor is not valid');
    return walk;
  }
  if (syncToken === undefined) return { from: 0, sinceMs: null, startedMs: nowMs, page: 1 };
  const token = openCursor(syncToken, [...contextOf(account, resource), 'sync']);
  if (!isToken(token)) throw new Refusal(200, 'sync_token_invalid', 'The sync token is not valid');
  if (nowMs - token.startedMs > TOKEN_LASTS_MS) throw new Refusal(200, 'sync_token_expired', 'The sync token is too old');
  return { from: 0, sinceMs: token.startedMs, startedMs: nowMs, page: 1 };
}

const isWalk = (value: unknown): value is Walk => typeof value === 'object' && value !== null && 'from' in value && 'page' in value;
const isToken = (value: unknown): value is Token => typeof value === 'object' && value !== null && 'startedMs' in value;
