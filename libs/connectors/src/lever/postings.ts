import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import { placeParts, placeText } from '../contract/place.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import { millisecondsOf, PAGE_SIZE, readList, readOne, readUnless, type LeverPage, type ListRequest } from './client.js';

/**
 * In the order in which a posting goes through them, so that one that moves on during a walk is met twice rather than not at all. A walk names
 * each: without a state the list leaves out what is on the internal job site alone (Lever Data API documentation, 2026).
 */
const STATES = ['draft', 'pending', 'rejected', 'published', 'internal', 'closed'] as const;

/** Instead of a state, in a delta. */
const CHANGED = 'changed';

/** Each of those that changed is asked for by itself, so that a page takes a bounded number of requests. */
const MOST_CHANGED = 20;

/** With confidential postings; without it, Lever gives the others alone. */
const ALL = 'all';

interface PostingsRequest {
  readonly include: readonly string[];
  /** Only what changed since: postings of the internal job site may be missing, as Lever then takes no filter for them. */
  readonly since?: string;
  readonly limit?: number;
}

interface Place {
  readonly step: string;
  readonly confidentiality: string | null;
  readonly offset: string | null;
}

/**
 * One page of all postings, from a place that the page before named. Whether confidential ones are read is for the customer to say, who gives a
 * key access to them or not: without it, Lever refuses to be asked for them (Lever Data API documentation, 2026).
 */
export async function readPostings(call: Call, request: PostingsRequest, place: string | null): Promise<LeverPage> {
  if (place !== null) return readAt(call, request, openPlace(place));
  const first: Place = { step: request.since === undefined ? STATES[0] : CHANGED, confidentiality: ALL, offset: null };
  const page = await readUnless(call, 403, listOf(request, first));
  return page === null ? readAt(call, request, { ...first, confidentiality: null }) : pageAt(call, request, first, page);
}

async function readAt(call: Call, request: PostingsRequest, place: Place): Promise<LeverPage> {
  return pageAt(call, request, place, await readList(call, listOf(request, place)));
}

async function pageAt(call: Call, { include }: PostingsRequest, place: Place, { items, next }: LeverPage): Promise<LeverPage> {
  return { items: place.step === CHANGED ? await eachOf(call, include, items) : items, next: nextOf(place, next) };
}

/**
 * The postings that a list of changes names, as any other list gives them: the list of changes takes no `include=`, and without it has more than
 * we may read, and no followers (Lever Data API documentation, 2026). What has no id is left to the mapper, to be set aside.
 */
async function eachOf(call: Call, include: readonly string[], items: readonly unknown[]): Promise<readonly unknown[]> {
  const postings: unknown[] = [];
  for (const item of items) {
    const id = isObject(item) ? own(item, 'id') : null;
    const posting = isExternalId(id) ? await readOne(call, `postings/${encodeURIComponent(id)}`, include) : item;
    if (posting !== undefined) postings.push(posting);
  }
  return postings;
}

/** Besides `updated_at_start`, Lever takes nothing but the confidentiality and what names a page. */
function listOf({ include, since, limit = PAGE_SIZE }: PostingsRequest, { step, confidentiality, offset }: Place): ListRequest {
  const access = confidentiality === null ? {} : { confidentiality };
  if (step !== CHANGED) return { path: 'postings', include, filters: { ...filtersOf(step), ...access }, offset, limit };
  const filters = { updated_at_start: millisecondsOf(since ?? ''), ...access };
  return { path: 'postings', include: null, filters, offset, limit: MOST_CHANGED };
}

const filtersOf = (state: string) => (state === 'published' ? { state, distributionChannel: ['public', 'internal'] } : { state });

function nextOf({ step, confidentiality }: Place, offset: string | null): string | null {
  if (offset !== null) return placeText([step, confidentiality, offset]);
  const following = step === CHANGED ? undefined : STATES[STATES.findIndex((state) => state === step) + 1];
  return following === undefined ? null : placeText([following, confidentiality, null]);
}

function openPlace(text: string): Place {
  const [step = null, confidentiality = null, offset = null] = placeParts(text, 3);
  const isKnown = step !== null && [CHANGED, ...STATES].includes(step) && (confidentiality === null || confidentiality === ALL);
  if (!isKnown) throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
  return { step, confidentiality, offset };
}
