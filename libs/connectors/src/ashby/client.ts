import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer } from '../contract/call.js';
import { cursorIn, invalidPage, listIn } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { isRefusedByStatus, judgedOnce } from '../contract/results.js';
import { judge } from './errors.js';

/** The largest `limit` (Ashby OpenAPI, 2026-08). */
export const PAGE_SIZE = 100;

/** More pages than this of a list that is joined to a page of ours are no list of one company's. */
const MOST_PAGES = 200;

/** What is sent with a call: filters, never anything of a record but the id that is asked about. */
export type Body = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface AshbyPage {
  readonly results: readonly unknown[];
  readonly next: string | null;
  /** Where the next delta goes on; only with the last page. */
  readonly syncToken: string | null;
}

/** One page of a list that is paged. Throws `remote-invalid-response` where it does not say itself whether there is more. */
export async function readPage(call: Call, operation: string, body: Body): Promise<AshbyPage> {
  return pageIn(await ask(call, operation, body), body['cursor']);
}

/**
 * All of a list that is joined to a page of ours. `jobPosting.list` is documented as one answer, without `moreDataAvailable`;
 * `interviewStage.list` with it (Ashby OpenAPI, 2026-08). Where either says that there is more, the rest is read too.
 */
export async function readAll(call: Call, operation: string, body: Body): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  let place: Body = {};
  for (let count = 0; count < MOST_PAGES; count++) {
    const envelope = await ask(call, operation, { ...body, ...place });
    if (own(envelope, 'moreDataAvailable') === undefined) return [...results, ...listIn(envelope, 'results')];
    const page = pageIn(envelope, place['cursor']);
    results.push(...page.results);
    if (page.next === null) return results;
    place = { cursor: page.next };
  }
  throw invalidPage('page');
}

function pageIn(envelope: object, former: Body[string] | undefined): AshbyPage {
  const results = listIn(envelope, 'results');
  const more = own(envelope, 'moreDataAvailable');
  if (more === false) return { results, next: null, syncToken: cursorIn(own(envelope, 'syncToken'), undefined) };
  const next = more === true ? cursorIn(own(envelope, 'nextCursor'), typeof former === 'string' ? former : undefined) : null;
  if (next === null) throw invalidPage('page');
  return { results, next, syncToken: null };
}

/**
 * Each call is a POST that names what it does, `job.list` (Ashby OpenAPI, 2026-08). `success` of a failure is for `judge`; what has none is no
 * answer of Ashby's.
 */
async function ask(call: Call, operation: string, body: Body): Promise<object> {
  const { json } = await call.http.send({ method: 'POST', path: operation, body, headers: headersOf(call), isRead: true }, judge);
  if (!isObject(json) || own(json, 'success') !== true) throw invalidPage('envelope');
  return json;
}

/** Writes, once. Returns `results` of the answer. A failure with status 200 says that nothing was written. */
export async function sendOnce(call: Call, operation: string, body: object): Promise<unknown> {
  const { json } = await call.http.send({ method: 'POST', path: operation, body, headers: headersOf(call) }, judgedOnce(judge, isRefused));
  return isObject(json) ? own(json, 'results') : undefined;
}

const isRefused = (answer: HttpAnswer): boolean => answer.status < 300 || isRefusedByStatus(answer);

/** The API key is the user of Basic, without a password (Ashby OpenAPI, 2026-08). */
function headersOf({ credentials }: Call): Readonly<Record<string, string>> {
  const key = credentials['apiKey'];
  if (key === undefined) throw new GatewayError('config-invalid', { detail: 'no API key of Ashby is set with the integration' });
  return { Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, Accept: 'application/json; version=1' };
}
