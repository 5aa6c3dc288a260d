import type { Call, HttpAnswer } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { cursorIn, invalidPage } from '../contract/place.js';
import { judgedOnce } from '../contract/results.js';
import { REQUESTS } from './rates.js';

/** The most ids that one filter takes (Harvest v3 guide to list endpoints, 2026). */
export const MOST_IDS = 50;

/** The largest `per_page`. */
export const PAGE_SIZE = 500;

export interface GreenhousePage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

export interface ListRequest {
  /** `fields=`: nothing else is sent to us. */
  readonly fields: readonly string[];
  readonly filters?: Readonly<Record<string, string>>;
  readonly cursor?: string;
  readonly pageSize?: number;
}

/**
 * One page of a list, newest number first. A cursor goes alone: with any other parameter it is refused, and it remembers them (Harvest v3 guide
 * to pagination, 2026). The end is a page without a link to the next.
 */
export async function readList(call: Call, path: string, request: ListRequest): Promise<GreenhousePage> {
  const { fields, filters = {}, cursor, pageSize = PAGE_SIZE } = request;
  const query = cursor === undefined ? { per_page: String(pageSize), fields: fields.join(','), ...filters } : { cursor };
  const headers = { Authorization: `Bearer ${await call.accessToken()}`, Accept: 'application/json' };
  const { json, headers: answered } = await call.http.send({ method: 'GET', path, query, headers }, judge);
  if (!Array.isArray(json)) throw invalidPage('page');
  return { items: json, next: nextIn(answered['link'], cursor) };
}

/** Writes, once. The parsed answer is not looked at here. */
export async function sendOnce(call: Call, method: 'POST' | 'PATCH', path: string, body: object): Promise<unknown> {
  const headers = { Authorization: `Bearer ${await call.accessToken()}`, Accept: 'application/json' };
  return (await call.http.send({ method, path, body, headers }, judgedOnce(judge))).json;
}

/** All pages of a list that hangs on records: as many as 50 ids can have. */
export async function readParts(call: Call, path: string, request: ListRequest): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await readList(call, path, { ...request, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

const judge = (answer: HttpAnswer) => verdictOfStatus(answer, REQUESTS);

/** `<…?cursor=…>; rel="next"`: only the cursor is taken of it. */
function nextIn(link: string | undefined, former: string | undefined): string | null {
  if (link === undefined || link === '') return null;
  const address = /<([^>]{1,16000})>\s*;\s*rel="?next"?/.exec(link)?.[1];
  if (address === undefined) return null;
  const cursor = URL.parse(address)?.searchParams.get('cursor');
  if (cursor === null || cursor === undefined || cursor === '') throw invalidPage('page');
  return cursorIn(cursor, former);
}

/** In groups of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
