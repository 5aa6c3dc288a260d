import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { cursorIn, invalidPage, listIn } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { judgedOnce } from '../contract/results.js';
import { REQUESTS } from './rates.js';

/** The largest `limit` (Lever Data API documentation, 2026). */
export const PAGE_SIZE = 100;

export interface LeverPage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

type Query = Readonly<Record<string, string | readonly string[]>>;

export interface ListRequest {
  readonly path: string;
  /** `include=`: nothing else is sent to us. Null for a list that takes none. */
  readonly include: readonly string[] | null;
  readonly filters?: Query;
  readonly offset?: string | null;
  readonly limit?: number;
  /** A list of which it is not sure that it comes in pages: one that says nothing of more has come whole. */
  readonly mayBeWhole?: true;
}

/** One page of a list, with the filters of the page before. Throws `remote-invalid-response` for what is no page. */
export async function readList(call: Call, request: ListRequest): Promise<LeverPage> {
  const { json } = await send(call, request, judge);
  return pageIn(json, request);
}

/** The same; null where Lever answers with this status. */
export async function readUnless(call: Call, absent: number, request: ListRequest): Promise<LeverPage | null> {
  const { status, json } = await send(call, request, (answer) => (answer.status === absent ? { outcome: 'ok' } : judge(answer)));
  return status === absent ? null : pageIn(json, request);
}

/** One record, with what `include` names; undefined where it is gone. */
export async function readOne(call: Call, path: string, include: readonly string[]): Promise<unknown> {
  const { status, json } = await sendQuery(call, path, { include }, (answer) =>
    answer.status === 404 ? { outcome: 'ok' } : judge(answer),
  );
  if (status === 404) return undefined;
  if (!isObject(json) || !isObject(own(json, 'data'))) throw invalidPage('page');
  return own(json, 'data');
}

/** Writes, once. Returns `data` of the answer. */
export async function sendOnce(call: Call, method: 'POST' | 'PUT', path: string, query: Query, body: object): Promise<unknown> {
  const headers = { Authorization: await authorizationOf(call), Accept: 'application/json' };
  const { json } = await call.http.send({ method, path, query, headers, body }, judgedOnce(judge));
  return isObject(json) ? own(json, 'data') : undefined;
}

/** Lever's times are milliseconds since 1970. */
export const millisecondsOf = (time: string): string => String(new Date(time).getTime());

const judge = (answer: HttpAnswer): Verdict => verdictOfStatus(answer, REQUESTS);

/** `{ data, next, hasNext }`: `hasNext` alone says whether this is the end. */
function pageIn(json: unknown, { offset, mayBeWhole }: ListRequest): LeverPage {
  const items = listIn(json, 'data');
  const [hasNext, following] = isObject(json) ? [own(json, 'hasNext'), own(json, 'next')] : [];
  if (hasNext === false || (mayBeWhole === true && hasNext === undefined && following === undefined)) return { items, next: null };
  const next = hasNext === true ? cursorIn(following, offset ?? undefined) : null;
  if (next === null) throw invalidPage('page');
  return { items, next };
}

async function send(call: Call, request: ListRequest, judged: (answer: HttpAnswer) => Verdict): Promise<HttpAnswer> {
  const { path, include, filters = {}, offset = null, limit = PAGE_SIZE } = request;
  const query = { limit: String(limit), ...(include === null ? {} : { include }), ...filters, ...(offset === null ? {} : { offset }) };
  return sendQuery(call, path, query, judged);
}

async function sendQuery(call: Call, path: string, query: Query, judged: (answer: HttpAnswer) => Verdict): Promise<HttpAnswer> {
  const headers = { Authorization: await authorizationOf(call), Accept: 'application/json' };
  return call.http.send({ method: 'GET', path, query, headers }, judged);
}

/** Customers have keys, sent as the user of Basic without a password; partners have OAuth (Lever Data API documentation, 2026). */
async function authorizationOf(call: Call): Promise<string> {
  const { apiKey, clientId, clientSecret } = call.credentials;
  if (call.settings['grant'] === 'authorization-code') {
    if (clientId === undefined || clientSecret === undefined)
      throw missing('enter the client id and the client secret of our app at Lever');
    return `Bearer ${await call.accessToken()}`;
  }
  if (apiKey === undefined) throw missing('enter the customer’s API key, or set the way in to authorization-code');
  return `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
}

const missing = (detail: string): GatewayError => new GatewayError('config-invalid', { detail });
