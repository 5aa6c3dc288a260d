import type { Resource } from '#libs/model';
import { indexOfRemoteId } from '../live/remote-ids.js';
import type { Exchange } from './exchange.js';
import { Refusal } from './refusal.js';

/** The number of a record that something is written to. Refused with 404 where it is not there (any more). */
export function liveIndex({ account }: Pick<Exchange, 'account'>, resource: Resource, id: string): number {
  const index = indexOfRemoteId(resource, id);
  const table = account.records.tables[resource];
  if (index === undefined || index >= table.size || table.live(index).isDeleted)
    throw new Refusal(404, 'not_found', `There is no such ${resource}`);
  return index;
}

/** A key of a body that must be there. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Refusal(422, 'missing_parameter', `The parameter ${name} is missing`);
  return value;
}

/** An object with these keys and no others. */
export function objectWith(value: unknown, keys: readonly string[], name: string): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || Object.keys(value).some((key) => !keys.includes(key)))
    throw new Refusal(422, 'invalid_parameter', `The parameter ${name} is not valid`);
  return { ...value };
}

/** A list that is not empty. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(422, 'invalid_parameter', `The parameter ${name} is not valid`);
  return value;
}
