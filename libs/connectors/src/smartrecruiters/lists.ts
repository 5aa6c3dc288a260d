import { GatewayError, type FieldName } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { requireGranted } from '../contract/granted.js';
import { placeParts, placeText } from '../contract/place.js';
import { recordPage } from '../contract/record-page.js';
import { pageIn, read, readIfThere } from './client.js';
import { MAPPINGS } from './mapper.js';

/** The largest `limit` (SmartRecruiters' Swagger, 2017). */
export const PAGE_SIZE = 100;

/** What every list is asked with. `updatedAfter` takes milliseconds and `Z` (SmartRecruiters' Swagger, 2017). */
export function queryOf({ since }: PageRequest, limit: number, pageId: string | undefined): Record<string, string> {
  return {
    limit: String(limit),
    ...(since === undefined ? {} : { updatedAfter: new Date(since).toISOString() }),
    ...(pageId === undefined ? {} : { pageId }),
  };
}

/** `GET /user-api/v201804/users`. That it takes `updatedAfter` and `pageId` is uncertain (catalogue of the specifications, 2025). */
export const users: Reader<'user'> = {
  fills: ['firstName', 'lastName', 'email', 'remoteUpdatedAt'],
  delta: 'updated-after',
  deletions: 'by-absence',
  byJob: false,
  async page(call: Call, request: PageRequest): Promise<Page<'user'>> {
    requireGranted(request.grant, 'user');
    if (request.jobs !== undefined) throw new GatewayError('unsupported', { context: { resource: 'user' } });
    const { cursor } = request;
    const answer = await read(call, 'user-api/v201804/users', queryOf(request, PAGE_SIZE, cursor));
    const { items, next } = pageIn(answer, PAGE_SIZE, cursor);
    return recordPage(MAPPINGS.user, items, { next });
  },
};

export interface CandidateListSpec<R extends 'candidate' | 'application'> {
  readonly resource: R;
  readonly fills: readonly FieldName<R>[];
  /** What a candidate of the list is to be mapped as; `onlyJob`: the job that the list is narrowed to. */
  readonly itemsOf: (candidate: unknown, onlyJob: string | null) => readonly unknown[];
}

/**
 * Reads `GET /candidates`, for its candidates or their applications; narrowed to jobs, one after the other. A change of an application is expected to
 * move `updatedOn` of its candidate, which `updatedAfter` goes by; no document says so, and a complete read finds what that misses.
 */
export function candidateList<R extends 'candidate' | 'application'>({ resource, fills, itemsOf }: CandidateListSpec<R>): Reader<R> {
  return {
    fills,
    delta: 'updated-after',
    deletions: 'by-absence',
    byJob: true,
    async page(call: Call, request: PageRequest): Promise<Page<R>> {
      requireGranted(request.grant, resource);
      if (request.jobs?.length === 0) return recordPage<R>(MAPPINGS[resource], [], { next: null });
      const place = placeOf(request);
      const { items, next } = await readCandidates(call, request, place);
      const raw = items.flatMap((item) => itemsOf(item, place.jobId));
      return recordPage<R>(MAPPINGS[resource], raw, { next: nextOf(request, place, next) });
    },
  };
}

interface Place {
  readonly pageId: string | undefined;
  /** Which of the jobs is being read. */
  readonly index: number;
  readonly jobId: string | null;
}

function placeOf({ jobs, cursor }: PageRequest): Place {
  if (jobs === undefined) return { pageId: cursor, index: 0, jobId: null };
  const [index, pageId] = cursor === undefined ? ['0', null] : placeParts(cursor, 2);
  const jobId = /^\d{1,9}$/.test(index ?? '') ? jobs[Number(index)] : undefined;
  if (jobId === undefined) throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
  return { pageId: pageId ?? undefined, index: Number(index), jobId };
}

function nextOf({ jobs }: PageRequest, { index }: Place, pageId: string | null): string | null {
  if (jobs === undefined) return pageId;
  if (pageId !== null) return placeText([String(index), pageId]);
  return index + 1 < jobs.length ? placeText([String(index + 1), null]) : null;
}

/** A job that is gone has no candidates: that is not an unknown account. */
async function readCandidates(call: Call, request: PageRequest, { jobId, pageId }: Place) {
  const query = queryOf(request, PAGE_SIZE, pageId);
  if (jobId === null) return pageIn(await read(call, 'candidates', query), PAGE_SIZE, pageId);
  const answer = await readIfThere(call, 'candidates', { ...query, jobId });
  return answer === undefined ? { items: [], next: null } : pageIn(answer, PAGE_SIZE, pageId);
}
