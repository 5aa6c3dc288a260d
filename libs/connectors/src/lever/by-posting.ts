import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { PageRequest } from '../contract/connector.js';
import { placeParts, placeText } from '../contract/place.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import { millisecondsOf, PAGE_SIZE, readUnless } from './client.js';
import { readPostings } from './postings.js';

/** Postings whose opportunities are read together, so that one page takes a bounded number of requests. */
const GROUP = 20;
const MOST_REQUESTS = 40;

/**
 * An opportunity whose application was archived has a filter of its own; that the other one leaves it out is not documented, but is how the API is
 * used (Lever Data API documentation, 2026). Read in this order, one that is archived meanwhile is met twice rather than not at all.
 */
const FILTERS = ['posting_id', 'archived_posting_id'] as const;

/** An opportunity, and the posting by which it was found: that stands nowhere in it. */
export interface Found {
  readonly posting: string;
  readonly opportunity: unknown;
}

interface Place {
  /** Not read to their end, the current one first. */
  readonly postings: readonly string[];
  readonly filter: (typeof FILTERS)[number];
  readonly offset: string | null;
  /** Where the next group is; null after the last one. */
  readonly following: string | null;
}

/** A page of the opportunities of postings, of those given or of all. `end`: the cursor that comes after the last posting. */
export async function readByPosting(
  call: Call,
  request: Pick<PageRequest, 'since' | 'cursor' | 'jobs'>,
  include: readonly string[],
  end: string | null,
): Promise<{ readonly found: readonly Found[]; readonly next: string | null }> {
  const { since, cursor, jobs } = request;
  const place = cursor === undefined ? null : openPlace(cursor);
  let left = place !== null && place.postings.length > 0 ? place : await groupAt(call, jobs, place?.following ?? null);
  const found: Found[] = [];
  for (let requests = 0; requests < MOST_REQUESTS && found.length < PAGE_SIZE; requests++) {
    const [posting] = left.postings;
    if (posting === undefined) break;
    const filters = { [left.filter]: posting, ...(since === undefined ? {} : { updated_at_start: millisecondsOf(since) }) };
    // A posting that was deleted meanwhile has none.
    const page = await readUnless(call, 404, { path: 'opportunities', include, filters, offset: left.offset });
    found.push(...(page?.items ?? []).map((opportunity) => ({ posting, opportunity })));
    left = after(left, page?.next ?? null);
  }
  return { found, next: textOf(left) ?? end };
}

async function groupAt(call: Call, jobs: readonly string[] | undefined, at: string | null): Promise<Place> {
  const start = { filter: FILTERS[0], offset: null };
  if (jobs === undefined) {
    const { items, next } = await readPostings(call, { include: ['id'], limit: GROUP }, at);
    return { ...start, postings: items.flatMap(idIn), following: next };
  }
  const first = at === null ? 0 : Number(at);
  if (!Number.isSafeInteger(first) || first < 0) throw notOurs();
  const next = first + GROUP;
  return { ...start, postings: jobs.slice(first, next), following: next < jobs.length ? String(next) : null };
}

function after(place: Place, offset: string | null): Place {
  if (offset !== null) return { ...place, offset };
  if (place.filter === FILTERS[0]) return { ...place, filter: FILTERS[1], offset: null };
  return { ...place, postings: place.postings.slice(1), filter: FILTERS[0], offset: null };
}

/** The postings themselves are kept: by their number in a list they could not be found again once one has left it. */
function textOf({ postings, filter, offset, following }: Place): string | null {
  if (postings.length > 0) return placeText([following, postings.join(' '), filter, offset]);
  return following === null ? null : placeText([following, null, null, null]);
}

function openPlace(text: string): Place {
  const [following = null, joined = null, named = null, offset = null] = placeParts(text, 4);
  const postings = joined?.split(' ') ?? [];
  const filter = FILTERS.find((known) => known === (named ?? FILTERS[0]));
  if (filter === undefined || !postings.every(isExternalId) || (postings.length === 0 && following === null)) throw notOurs();
  return { postings, filter, offset, following };
}

function idIn(item: unknown): readonly string[] {
  const id = isObject(item) ? own(item, 'id') : null;
  return isExternalId(id) ? [id] : [];
}

const notOurs = (): GatewayError => new GatewayError('invalid-request', { context: { reason: 'cursor' } });
