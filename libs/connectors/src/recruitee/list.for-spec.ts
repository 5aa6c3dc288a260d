import type { IncomingMessage } from 'node:http';
import { json, source, type Answer } from '../http/source.for-spec.js';
import { callTo } from './call.for-spec.js';

export const NOT_FOUND = json(404, { error: ['SECRET'] });

/** A list that goes by `limit` and `offset`; what it holds may change between two requests. `mostAtOnce`: larger limits are cut. */
export const listOf =
  (name: string, items: readonly unknown[], mostAtOnce = 10_000): Answer =>
  (request, response) => {
    const query = queryOf(request);
    const offset = Number(query.get('offset'));
    const limit = Math.min(Number(query.get('limit')), mostAtOnce);
    json(200, { [name]: items.slice(offset, offset + limit) })(request, response);
  };

/** Answers each path with its own answer; any other is not there. */
export const byPath =
  (answers: Readonly<Record<string, Answer>>): Answer =>
  (request, response) =>
    (answers[(request.url ?? '').replace(/^\/v1\//, '').replace(/\?.*/, '')] ?? NOT_FOUND)(request, response);

/** A source with these answers, a call to it, and what was asked of it. */
export async function sourceWith(...answers: [Answer, ...Answer[]]) {
  const { baseUrl, requests } = await source(...answers);
  return { call: callTo(baseUrl), requests, asked: () => requests.map(({ url }) => (url ?? '').replace('/v1/', '')) };
}

const queryOf = ({ url }: IncomingMessage): URLSearchParams => new URL(url ?? '', 'http://source.invalid').searchParams;
