import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from '../contract/call.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { isExternalId } from '../contract/raw-object.js';
import { judgedOnce } from '../contract/results.js';
import { REQUESTS } from './rates.js';

type Query = Readonly<Record<string, string>>;

/** Reads what every company has: there, a 404 says that the company is not known. */
export async function read(call: Call, path: string, query: Query = {}): Promise<unknown> {
  return (await send(call, path, query, judge)).json;
}

/** Reads a record that may have been deleted meanwhile; undefined where it is gone. */
export async function readIfThere(call: Call, path: string): Promise<unknown> {
  const { status, json } = await send(call, path, {}, (answer) => (answer.status === 404 ? { outcome: 'ok' } : judge(answer)));
  return status === 404 ? undefined : json;
}

/** Writes, once. */
export async function sendOnce(call: Call, path: string, body: object): Promise<unknown> {
  return (await call.http.send({ method: 'POST', path, body, headers: headersOf(call) }, judgedOnce(judge))).json;
}

/** A record's id as text; the documented ones are numbers (schemas of `rawwar/tap-recruitee`, 2023). Null for what is no id. */
export function idIn(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return isExternalId(value) ? value : null;
}

const judge = (answer: HttpAnswer): Verdict => verdictOfStatus(answer, REQUESTS);

function send(call: Call, path: string, query: Query, judged: (answer: HttpAnswer) => Verdict): Promise<HttpAnswer> {
  return call.http.send({ method: 'GET', path, query, headers: headersOf(call) }, judged);
}

/** A personal API token (`jdautomate/recruitee-mcp`, 2025-09). */
function headersOf({ credentials }: Call): Readonly<Record<string, string>> {
  const token = credentials['apiToken'];
  if (token === undefined) throw new GatewayError('config-invalid', { detail: 'no API token of Recruitee is set with the integration' });
  return { Authorization: `Bearer ${token}`, Accept: 'application/json' };
}
