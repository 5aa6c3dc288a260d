import { JOB_STATUSES, JOB_VISIBILITIES, type JobStatus, type JobVisibility, type Location, type RemoteStage } from '#libs/model';
import { type Cleaner, idOf, idOrNull, textOrNull, timeOrNull } from './text.js';

const MAX_NAME_LENGTH = 500;
const MAX_EMAIL_LENGTH = 320;

/** A value of the object's own: what only its prototype has was never sent. */
export function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

const nameOf = (value: unknown): string | null => textOrNull(value, MAX_NAME_LENGTH);

function oneOf<T extends string>(values: readonly T[], unknown: T): Cleaner<T> {
  return { absent: unknown, clean: (value) => values.find((known) => known === value) ?? unknown };
}

function listOf<T>(itemOf: (value: unknown, field: string) => T): Cleaner<readonly T[]> {
  const absent: readonly T[] = Object.freeze([]);
  const clean = (value: unknown, field: string) => {
    if (!Array.isArray(value)) return absent;
    const items: readonly unknown[] = value;
    return Object.freeze(Array.from(items, (item) => itemOf(item, field)));
  };
  return { absent, clean };
}

function locationOf(value: unknown): Location | null {
  const [name, city, region, country] = ['name', 'city', 'region', 'country'].map((key) => nameOf(own(value, key)));
  const location = { name: name ?? null, city: city ?? null, region: region ?? null, country: country ?? null };
  return Object.values(location).every((part) => part === null) ? null : Object.freeze(location);
}

function stageOf(value: unknown): RemoteStage {
  const position = own(value, 'position');
  return Object.freeze({
    externalId: idOf(own(value, 'externalId'), 'stages'),
    remoteId: idOrNull(own(value, 'remoteId'), 'stages'),
    name: nameOf(own(value, 'name')),
    position: typeof position === 'number' && Number.isSafeInteger(position) ? position : null,
  });
}

export const name: Cleaner<string | null> = { absent: null, clean: nameOf };
export const email: Cleaner<string | null> = { absent: null, clean: (value) => textOrNull(value, MAX_EMAIL_LENGTH) };
export const time: Cleaner<string | null> = { absent: null, clean: timeOrNull };
export const reference: Cleaner<string | null> = { absent: null, clean: idOrNull };
export const references: Cleaner<readonly string[]> = listOf(idOf);
export const status: Cleaner<JobStatus> = oneOf(JOB_STATUSES, 'unknown');
export const visibility: Cleaner<JobVisibility> = oneOf(JOB_VISIBILITIES, 'unknown');
export const location: Cleaner<Location | null> = { absent: null, clean: locationOf };
export const stages: Cleaner<readonly RemoteStage[]> = listOf(stageOf);
