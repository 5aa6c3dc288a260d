import type { RemoteRecord, Resource } from '#libs/model';
import type { Call, HttpAnswer } from '../contract/call.js';
import type { Page, PageRequest } from '../contract/connector.js';
import type { Source } from './source.js';

/** What a source answered while a page was read, in order. */
export interface Recorded {
  readonly resource: Resource;
  readonly request: Pick<PageRequest, 'cursor'>;
  readonly answers: readonly { readonly path: string; readonly answer: HttpAnswer }[];
}

/** More requests than any page makes: a page that makes them does not end. */
const MOST_REQUESTS = 300;

/** Of the first page that has records: where a vendor's list is read in parts, the first may have none. */
export async function recordPage(source: Source, resource: Resource, request: Recorded['request'] = {}): Promise<Recorded> {
  const answers: Recorded['answers'][number][] = [];
  const call = source.call();
  const send: Call['http']['send'] = async (sent, judge) => {
    const answer = await call.http.send(sent, judge);
    answers.push({ path: sent.path, answer });
    return answer;
  };
  const { records, next } = await source.page(resource, request, { ...call, http: { send } });
  return records.length > 0 || next === null ? { resource, request, answers } : recordPage(source, resource, { cursor: next });
}

/** Reads the page again from what was answered then, one answer of it replaced. Throws what the connector throws. */
export async function replay(
  source: Source,
  { resource, request: recorded, answers }: Recorded,
  at: number,
  json: unknown,
): Promise<Page<Resource>> {
  let sent = 0;
  const byPath = new Map<string, HttpAnswer[]>();
  for (const [index, { path, answer }] of answers.entries())
    byPath.set(path, [...(byPath.get(path) ?? []), index === at ? { ...answer, json } : answer]);
  const send: Call['http']['send'] = async (request, judge) => {
    sent += 1;
    if (sent > MOST_REQUESTS) throw new Error('the page does not end');
    const known = byPath.get(request.path) ?? [];
    // What is asked for now may not have been asked for then: a hostile answer leads elsewhere.
    const answer = (known.length > 1 ? known.shift() : known[0]) ?? { status: 404, headers: {}, json: null, retryAfterMs: null };
    const verdict = judge(answer);
    if (verdict.outcome === 'ok') return answer;
    throw verdict.error;
  };
  return source.page(resource, recorded, { ...source.call(), http: { send } });
}

/** Keys of what stands within a field. */
export const INNER: Readonly<Record<string, readonly string[]>> = {
  location: ['name', 'city', 'region', 'country'],
  stages: ['externalId', 'remoteId', 'name', 'position'],
};

export const innerKeys = ({ fields }: RemoteRecord): readonly (readonly [string, string])[] =>
  Object.entries(fields).flatMap(([name, value]: [string, unknown]) =>
    [value]
      .flat()
      .flatMap((part) => (typeof part === 'object' && part !== null ? Object.keys(part).map((key) => [name, key] as const) : [])),
  );
