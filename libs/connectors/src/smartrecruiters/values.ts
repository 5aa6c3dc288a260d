import type { JobStatus, JobVisibility, Location } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import type { RawObject } from '../contract/raw-object.js';

// Maps, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['CREATED', 'open'],
  ['SOURCING', 'open'],
  ['INTERVIEW', 'open'],
  ['OFFER', 'open'],
  ['FILLED', 'closed'],
  ['CANCELLED', 'closed'],
] as const);

const VISIBILITIES: ReadonlyMap<string, JobVisibility> = new Map([
  ['PUBLIC', 'public'],
  ['INTERNAL', 'private'],
  ['NOT_PUBLISHED', 'private'],
  ['PRIVATE', 'private'],
] as const);

/**
 * `status` of a job (filter values of hrflow-connectors, 2023–2026). `ON_HOLD` is `unknown` on purpose: nothing is to be started for a paused
 * vacancy, so it is not open, and it may go on, so it is not closed.
 */
export const statusOf = (text: string | null): JobStatus => STATUSES.get(text ?? '') ?? 'unknown';

/** `postingStatus` of a job (filter values of hrflow-connectors, 2023–2026). */
export const visibilityOf = (text: string | null): JobVisibility => VISIBILITIES.get(text ?? '') ?? 'unknown';

/** Codes go before names for the country, so that it reads as in Kombo's records. The address and the postal code are never read. */
export function locationOf(raw: RawObject | null): Location | null {
  if (raw === null) return null;
  const region = raw.text('region') ?? raw.text('regionCode');
  return locationFrom(raw.text('city'), region, raw.text('countryCode') ?? raw.text('country'));
}
