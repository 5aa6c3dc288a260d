import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { cursorIn, invalidPage, listIn } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { judgedOnce } from '../contract/results.js';
import { REQUESTS } from './rates.js';

type Query = Readonly<Record<string, string>>;

export interface ListPage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** Reads what every account has: there, a 404 says that the account is not known. */
export async function read(call: Call, path: string, query: Query = {}): Promise<unknown> {
  return (await send(call, path, query, judge)).json;
}

/** Reads what belongs to a record that may have been deleted meanwhile; undefined where it is gone. */
export async function readIfThere(call: Call, path: string, query: Query = {}): Promise<unknown> {
  const { status, json } = await send(call, path, query, (answer) => (answer.status === 404 ? { outcome: 'ok' } : judge(answer)));
  return status === 404 ? undefined : json;
}

/** Writes, once. */
export async function sendOnce(call: Call, method: 'POST' | 'PUT', path: string, body: object): Promise<unknown> {
  return (await call.http.send({ method, path, body, headers: headersOf(call) }, judgedOnce(judge))).json;
}

/**
 * One page of a list: `{ limit, totalFound, nextPageId, content }`. The end is an empty page, or one that names no next. A first page that is full,
 * tells of more and names no next comes from an endpoint that pages by offset: it is no end (SmartRecruiters' Swagger, 2017; that users and
 * candidates page by `pageId` is uncertain). Throws `remote-invalid-response`.
 */
export function pageIn(json: unknown, limit: number, pageId: string | undefined): ListPage {
  const items = listIn(json, 'content');
  if (items.length === 0 || !isObject(json)) return { items, next: null };
  const next = cursorIn(own(json, 'nextPageId'), pageId);
  const total = own(json, 'totalFound');
  const isCut = next === null && pageId === undefined && items.length >= limit && typeof total === 'number' && total > items.length;
  if (isCut) throw invalidPage('page');
  return { items, next };
}

/** Whether an id can stand in an address; the documented ones are UUIDs. */
export const isSegment = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,100}$/.test(value);

const judge = (answer: HttpAnswer): Verdict => verdictOfStatus(answer, REQUESTS);

function send(call: Call, path: string, query: Query, judged: (answer: HttpAnswer) => Verdict): Promise<HttpAnswer> {
  return call.http.send({ method: 'GET', path, query, headers: headersOf(call) }, judged);
}

/** A customer's API key goes in `X-SmartToken` (SmartRecruiters' Swagger, 2017). */
function headersOf({ credentials }: Call): Readonly<Record<string, string>> {
  const key = credentials['apiKey'];
  if (key === undefined) throw new GatewayError('config-invalid', { detail: 'no API key of SmartRecruiters is set with the integration' });
  return { 'X-SmartToken': key, Accept: 'application/json' };
}
