import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { invalidPage, listIn, parameterIn } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { judgedOnce } from '../contract/results.js';
import { REQUESTS } from './rates.js';

/** The largest `limit` (Workable API reference, 2026). */
export const PAGE_SIZE = 100;

export interface WorkablePage {
  readonly items: readonly unknown[];
  /** The `since_id` to go on from; null at the end. */
  readonly next: string | null;
}

interface ListRequest {
  /** The key of the answer that holds the list. */
  readonly key: string;
  readonly limit?: number;
  readonly sinceId?: string | null;
  readonly filters?: Readonly<Record<string, string>>;
}

/** One page of a list. `paging.next` is an address: only its `since_id` is taken, our own filters go with it (Workable API reference, 2026). */
export async function readList(call: Call, path: string, { key, limit = PAGE_SIZE, sinceId = null, filters = {} }: ListRequest) {
  const query = { ...filters, limit: String(limit), ...(sinceId === null ? {} : { since_id: sinceId }) };
  const json = await read(call, path, query);
  return { items: listIn(json, key), next: nextIn(json, sinceId) } satisfies WorkablePage;
}

/** A list that comes in one piece and hangs on something that may be gone by now: then it is empty. */
export async function readParts(call: Call, path: string, key: string): Promise<readonly unknown[]> {
  let isGone = false;
  const json = await read(call, path, {}, (answer) => {
    isGone = answer.status === 404;
    return isGone ? { outcome: 'ok' } : judge(answer);
  });
  return isGone ? [] : listIn(json, key);
}

/** Writes, once. */
export async function sendOnce(call: Call, path: string, body: object): Promise<unknown> {
  return (await call.http.send({ method: 'POST', path, body, headers: headersOf(call) }, judgedOnce(judge))).json;
}

async function read(call: Call, path: string, query: Readonly<Record<string, string>>, by: (answer: HttpAnswer) => Verdict = judge) {
  const { json } = await call.http.send({ method: 'GET', path, query, headers: headersOf(call) }, by);
  return json;
}

function headersOf({ credentials: { accessToken } }: Call): Readonly<Record<string, string>> {
  if (accessToken === undefined) throw new GatewayError('config-invalid', { detail: 'enter an accessToken among the credentials' });
  return { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' };
}

const judge = (answer: HttpAnswer): Verdict => verdictOfStatus(answer, REQUESTS);

function nextIn(json: unknown, sinceId: string | null): string | null {
  const paging = isObject(json) ? (own(json, 'paging') ?? null) : null;
  if (paging === null) return null;
  if (!isObject(paging)) throw invalidPage('page');
  return parameterIn(own(paging, 'next'), 'since_id', sinceId ?? undefined);
}
