import { GatewayError } from '#libs/model';

const LONGEST = 500;

/** A text of an ATS's body, by its path; null where it is not there. Everything else of the body is not looked at. */
export function textIn(body: unknown, ...path: readonly string[]): string | null {
  let value: unknown = body;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST ? value : null;
}

/** The same where the protocol says that it is there. Throws `invalid-request` with its name. */
export function requireText(body: unknown, ...path: readonly string[]): string {
  const text = textIn(body, ...path);
  if (text === null) throw new GatewayError('invalid-request', { detail: `${path.join('.')} is missing or not valid` });
  return text;
}
