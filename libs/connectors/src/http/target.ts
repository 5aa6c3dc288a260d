import { GatewayError } from '#libs/model';
import type { HttpRequest } from '../contract/call.js';

const SEGMENT = /^[A-Za-z0-9._~!$&'()*+,;=:@%-]+$/;
const HIDDEN_DOT_OR_SLASH = /%(2e|2f|5c|00)/i;

/** The full address of a request. `path` stays below the base: no scheme, no empty segment, no `..`. Throws `internal` for any other. */
export function targetOf(baseUrl: URL, { path, query }: HttpRequest): URL {
  const segments = path.split('/');
  if (!segments.every(isPlain)) throw new GatewayError('internal', { context: { reason: 'path' } });
  const target = new URL(`${baseUrl.origin}${baseUrl.pathname.replace(/\/$/, '')}/${path}`);
  target.search = new URLSearchParams(pairsOf(query ?? {})).toString();
  return target;
}

/** A path as it may be told: segments that are plain words of the API; whatever may be an id is `:id`. */
export function routeOf(path: string): string {
  return `/${path
    .split('/')
    .map((segment) => (/^[a-z][a-z-]{0,19}$|^v\d{1,2}$/.test(segment) ? segment : ':id'))
    .join('/')}`;
}

function pairsOf(query: NonNullable<HttpRequest['query']>): [string, string][] {
  return Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  );
}

function isPlain(segment: string): boolean {
  return SEGMENT.test(segment) && segment !== '.' && segment !== '..' && !HIDDEN_DOT_OR_SLASH.test(segment);
}
