import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { invalidPage, listIn, parameterIn } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { judgedOnce } from '../contract/results.js';
import { REQUESTS } from './rates.js';

/** The largest `page[size]` (Teamtailor API documentation, 2021-02). */
export const PAGE_SIZE = 30;

/** Sent by clients of 2024 and later; any that Teamtailor knows will do, none at all is refused. */
const API_VERSION = '20240404';

export interface TeamtailorPage {
  readonly items: readonly unknown[];
  /** By `type id`: what `include` brought along. */
  readonly included: ReadonlyMap<string, object>;
  readonly isLast: boolean;
  /** How many there are on all pages. */
  readonly count: number;
}

type Query = Readonly<Record<string, string>>;

/**
 * One page of a JSON:API list. The end is a page without `links.next`; the address there is not followed, and has to be the following page’s
 * (Teamtailor API documentation, 2021-02).
 */
export async function readList(call: Call, path: string, number: number, query: Query): Promise<TeamtailorPage> {
  const paged = { ...query, 'page[size]': String(PAGE_SIZE), 'page[number]': String(number) };
  const { json } = await call.http.send({ method: 'GET', path, query: paged, headers: headersOf(call) }, judge);
  const items = listIn(json, 'data');
  const links = objectIn(json, 'links');
  const count = own(objectIn(json, 'meta'), 'record-count');
  const next = parameterIn(own(links, 'next'), 'page[number]');
  if (next !== null && next !== String(number + 1)) throw invalidPage('cursor-loop');
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) throw invalidPage('page');
  if (next !== null && items.length === 0) throw invalidPage('page');
  return { items, included: includedIn(json), isLast: next === null, count };
}

/** Writes, once. */
export async function sendOnce(call: Call, path: string, body: object): Promise<unknown> {
  const headers = { ...headersOf(call), 'Content-Type': 'application/vnd.api+json' };
  return (await call.http.send({ method: 'POST', path, body, headers }, judgedOnce(judge))).json;
}

function objectIn(json: unknown, key: string): object {
  const value = isObject(json) ? own(json, key) : null;
  if (!isObject(value)) throw invalidPage('page');
  return value;
}

function includedIn(json: unknown): ReadonlyMap<string, object> {
  const parts = isObject(json) ? own(json, 'included') : null;
  if (parts === null || parts === undefined) return new Map();
  if (!Array.isArray(parts)) throw invalidPage('page');
  return new Map(parts.filter(isObject).flatMap((part) => pairOf(part)));
}

function pairOf(part: object): [string, object][] {
  const [type, id] = [own(part, 'type'), own(part, 'id')];
  return typeof type === 'string' && typeof id === 'string' ? [[`${type} ${id}`, part]] : [];
}

function headersOf({ credentials, settings }: Call): Query {
  const { apiKey } = credentials;
  if (apiKey === undefined) throw new GatewayError('config-invalid', { detail: 'enter an apiKey among the credentials' });
  return {
    Authorization: `Token token=${apiKey}`,
    'X-Api-Version': settings['apiVersion'] ?? API_VERSION,
    Accept: 'application/vnd.api+json',
  };
}

function judge(answer: HttpAnswer): Verdict {
  if (!isVersionRefused(answer)) return verdictOfStatus(answer, REQUESTS);
  return {
    outcome: 'failed',
    error: new GatewayError('config-invalid', { context: { status: answer.status, code: 'VERSION_REFUSED' } }),
  };
}

/**
 * 406 or 400 (Teamtailor's Ruby client, 2025-04). A 400 is other things as well: it is only taken for this where one of its errors speaks of a
 * version, which is uncertain, as no document shows the words. They are not kept.
 */
function isVersionRefused({ status, json }: HttpAnswer): boolean {
  if (status !== 400) return status === 406;
  const errors = isObject(json) ? own(json, 'errors') : null;
  return [errors].flat().some((error) => isObject(error) && TOLD_IN.some((key) => speaksOfVersion(own(error, key))));
}

const TOLD_IN = ['title', 'detail', 'code'] as const;

const speaksOfVersion = (text: unknown): boolean => typeof text === 'string' && /version/i.test(text);
