import { GatewayError } from '#libs/model';
import { isObject, own } from './raw-object.js';

const LONGEST = 8_192;

/**
 * Where a walk stands that has more to remember than the source's own cursor (which of several lists, which vacancy), as one cursor of ours.
 * Texts and null alone.
 */
export function placeText(parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}

/** The parts of `placeText`. Throws `invalid-request` where it is none of ours, or of another length. */
export function placeParts(text: string, length: number): readonly (string | null)[] {
  const parts = text.length <= LONGEST * 2 ? parsed(text) : [];
  if (parts.length === length && parts.every(isPart)) return parts;
  throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
}

const isPart = (part: unknown): part is string | null => part === null || typeof part === 'string';

/** A source's own cursor, to be sent back as it came; null where there is none. Throws `remote-invalid-response` for what cannot be one. */
export function cursorIn(value: unknown, former: string | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string' || value.length > LONGEST) throw invalidPage('page');
  if (value === former) throw invalidPage('cursor-loop');
  return value;
}

/**
 * The parameter of an address that a source gives for the next page; null where it gives none. Only the parameter is taken: where to call is
 * not the source's to say. Throws `remote-invalid-response`.
 */
export function parameterIn(address: unknown, name: string, former?: string): string | null {
  if (address === null || address === undefined || address === '') return null;
  const url = typeof address === 'string' && address.length <= LONGEST * 2 ? URL.parse(address, 'https://source.invalid') : null;
  const value = url?.searchParams.get(name);
  if (value === null || value === undefined || value === '') throw invalidPage('page');
  return cursorIn(value, former);
}

/** The list under a key of a page. Throws `remote-invalid-response` where there is none: an end is only what the source says is one. */
export function listIn(json: unknown, key: string): readonly unknown[] {
  const list = isObject(json) ? own(json, key) : undefined;
  if (!Array.isArray(list)) throw invalidPage('page');
  return list;
}

export function invalidPage(reason: 'envelope' | 'page' | 'cursor-loop'): GatewayError {
  return new GatewayError('remote-invalid-response', { retry: { when: 'later' }, context: { reason } });
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
