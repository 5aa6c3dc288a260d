import type { Sandbox } from '../../../../apps/sandbox/src/sandbox.js';

export type Json = Readonly<Record<string, unknown>>;

/** A call of the sandbox's control API, below `/control/`. Throws where it is refused. */
export async function control(sandbox: Sandbox, method: string, path: string, body?: object): Promise<Json> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${sandbox.url}/control/${path}`, { method, ...content });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`the sandbox refused ${method} ${path}: ${JSON.stringify(answer)}`);
  return objectIn(answer);
}

export const objectIn = (value: unknown): Json =>
  Object.fromEntries(Object.entries(typeof value === 'object' && value !== null ? value : {}));

export const textsIn = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(objectIn(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

export const listIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(objectIn) : []);
