import type { JobStatus, JobVisibility, Location } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import type { RawObject } from '../contract/raw-object.js';

// A map, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['Draft', 'draft'],
  ['Open', 'open'],
  ['Closed', 'closed'],
  ['Archived', 'archived'],
] as const);

/** A job's `status` (Ashby OpenAPI, 2026-08). What is new in it is `unknown`, its text is not kept. */
export const statusOf = (text: string | null): JobStatus => STATUSES.get(text ?? '') ?? 'unknown';

/** What decides who may see a job; null where Ashby did not say, or was not asked. */
export interface Exposure {
  readonly status: JobStatus;
  readonly isConfidential: boolean | null;
  readonly isListed: boolean | null;
}

/** A job is public where it is open, not confidential and has a posting that is listed; our reading of the fields (Ashby OpenAPI, 2026-08). */
export function visibilityOf({ status, isConfidential, isListed }: Exposure): JobVisibility {
  if (isConfidential === true || isListed === false) return 'private';
  if (status !== 'open') return status === 'unknown' ? 'unknown' : 'private';
  return isConfidential === false && isListed === true ? 'public' : 'unknown';
}

/**
 * City, region and country alone, from `address.postalAddress` (Ashby OpenAPI, 2026-08) or, as the shape is uncertain, from `address` itself.
 * The street is never read, and neither is the location's name, which is free text.
 */
export function locationOf(location: RawObject | null): Location | null {
  const address = location?.object('address') ?? null;
  const postal = address?.object('postalAddress') ?? null;
  const part = (name: string): string | null => postal?.text(name) ?? address?.text(name) ?? null;
  return locationFrom(part('addressLocality'), part('addressRegion'), part('addressCountry'));
}
