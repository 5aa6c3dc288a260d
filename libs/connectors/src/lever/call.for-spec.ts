import type { Call } from '../contract/call.js';
import { callWith } from '../http/call.for-spec.js';
import { json, source, type Answer } from '../http/source.for-spec.js';

export const API_KEY = 'lever-key-canary';

/** A call to a source on this machine. */
export const callTo = (baseUrl: string): Call => callWith(baseUrl, { credentials: { apiKey: API_KEY } });

/** What Lever answers to a request: the list, or a whole answer; undefined for what is not there. */
export type Told = readonly unknown[] | Answer | undefined;

/** Answers each request as told, and notes what was asked: path and parameters, without those that every list has. */
export async function leverWith(tell: (path: string, query: URLSearchParams) => Told) {
  const asked: string[] = [];
  const answer: Answer = (request, response) => {
    const { pathname, searchParams } = new URL(`http://lever.invalid${request.url ?? ''}`);
    const path = pathname.replace('/v1/', '');
    const told = tell(path, searchParams) ?? json(404, { code: 'ResourceNotFound', message: 'SECRET' });
    asked.push(nameOf(path, searchParams));
    return (typeof told === 'function' ? told : list(told))(request, response);
  };
  const { baseUrl, requests } = await source(answer);
  return { call: callTo(baseUrl), requests, asked };
}

/** A page, the last one unless the next is named. */
export const list = (data: readonly unknown[], next?: string): Answer =>
  json(200, { data, ...(next === undefined ? { hasNext: false } : { next, hasNext: true }) });

function nameOf(path: string, query: URLSearchParams): string {
  const told = [...query].filter(([name]) => name !== 'include' && name !== 'limit').map(([name, value]) => `${name}=${value}`);
  return [path, ...told].join(' ');
}

export { grantToRead } from '../acceptance/grants.js';
