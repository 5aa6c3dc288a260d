import type { JobStatus, JobVisibility, Location } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import type { RawObject } from '../contract/raw-object.js';

// Maps, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['OPEN', 'open'],
  ['CLOSED', 'closed'],
  ['DRAFT', 'draft'],
  ['ARCHIVED', 'archived'],
] as const);

const VISIBILITIES: ReadonlyMap<string, JobVisibility> = new Map([
  ['PUBLIC', 'public'],
  ['INTERNAL', 'private'],
  ['UNLISTED', 'private'],
  ['CONFIDENTIAL', 'private'],
] as const);

/** Kombo's `status` of a job: an open enumeration (Kombo OpenAPI, 2026-05-02). What is new in it is `unknown`, its text is not kept. */
export const statusOf = (text: string | null): JobStatus => STATUSES.get(text ?? '') ?? 'unknown';

/** Kombo's `visibility` of a job: an open enumeration (Kombo OpenAPI, 2026-05-02). */
export const visibilityOf = (text: string | null): JobVisibility => VISIBILITIES.get(text ?? '') ?? 'unknown';

/** City, state and country alone: `raw` and the streets are never read. */
export const locationOf = (raw: RawObject | null): Location | null =>
  raw === null ? null : locationFrom(raw.text('city'), raw.text('state'), raw.text('country'));
