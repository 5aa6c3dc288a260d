import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer } from '../contract/call.js';
import { isObject, own } from '../contract/raw-object.js';
import { judgedOnce } from '../contract/results.js';
import { isRefused, judge } from './errors.js';

const LONGEST_CURSOR = 8_192;

export interface KomboPage {
  readonly results: readonly unknown[];
  readonly next: string | null;
}

/** The integration that the tenant's settings name. Throws `config-invalid` where none is bound yet. */
export function integrationIdOf(call: Call): string {
  const id = call.settings['komboIntegrationId'];
  if (id === undefined)
    throw new GatewayError('config-invalid', {
      detail: 'no Kombo integration is bound; enter its id or use a connect link',
      context: { code: 'NOT_BOUND' },
    });
  return id;
}

/** Reads `data` of a call that needs no integration, or names it in its path. */
export async function readPlatform(call: Call, path: string): Promise<object> {
  return dataOf(await call.http.send({ method: 'GET', path, headers: headersOf(call) }, judge));
}

/** The same for a call that makes something. */
export async function sendPlatform(call: Call, path: string, body: object): Promise<object> {
  return dataOf(await call.http.send({ method: 'POST', path, body, headers: headersOf(call) }, judge));
}

/** Writes at the ATS of the integration, once: whatever becomes of it, it is not sent again by itself. */
export async function sendOnce(call: Call, method: 'POST' | 'PUT', path: string, body: object, integrationId: string): Promise<void> {
  const headers = { ...headersOf(call), 'X-Integration-Id': integrationId };
  await call.http.send({ method, path, body, headers }, judgedOnce(judge, isRefused));
}

/** Reads one page of a list. Throws `remote-invalid-response` where it does not say itself whether there is more. */
export async function readList(
  call: Call,
  path: string,
  query: Readonly<Record<string, string>>,
  integrationId = integrationIdOf(call),
): Promise<KomboPage> {
  const headers = { ...headersOf(call), 'X-Integration-Id': integrationId };
  const data = dataOf(await call.http.send({ method: 'GET', path, query, headers }, judge));
  const results = own(data, 'results');
  const next = own(data, 'next');
  const isCursor = typeof next === 'string' && next !== '' && next.length <= LONGEST_CURSOR;
  if (!Array.isArray(results) || !(next === null || isCursor)) throw invalidResponse('page');
  if (isCursor && next === query['cursor']) throw invalidResponse('cursor-loop');
  return { results, next };
}

function headersOf({ platformKey }: Call): Readonly<Record<string, string>> {
  if (platformKey === null) throw new GatewayError('config-invalid', { detail: 'the API key for Kombo is not configured' });
  return { Authorization: `Bearer ${platformKey}`, Accept: 'application/json' };
}

function dataOf({ json }: HttpAnswer): object {
  const data = isObject(json) && own(json, 'status') === 'success' ? own(json, 'data') : null;
  if (!isObject(data)) throw invalidResponse('envelope');
  return data;
}

function invalidResponse(reason: 'envelope' | 'page' | 'cursor-loop'): GatewayError {
  return new GatewayError('remote-invalid-response', { retry: { when: 'later' }, context: { reason } });
}
