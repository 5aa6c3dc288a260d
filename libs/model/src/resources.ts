/** The four kinds of record that the gateway holds. */
export const RESOURCES = ['user', 'job', 'candidate', 'application'] as const;

export type Resource = (typeof RESOURCES)[number];

/** What has an identity of its own: the resources and a job's stages. */
export const IDENTIFIED = [...RESOURCES, 'stage'] as const;

export type Identified = (typeof IDENTIFIED)[number];

/** What can be sent outwards, to the ATS. */
export const OUTWARD = ['result'] as const;

export type Outward = (typeof OUTWARD)[number];

export const JOB_STATUSES = ['open', 'closed', 'draft', 'archived', 'unknown'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

export const JOB_VISIBILITIES = ['public', 'private', 'unknown'] as const;
export type JobVisibility = (typeof JOB_VISIBILITIES)[number];

/** `name` is composed of the other three; a raw address is never taken, it may hold a street. */
export interface Location {
  readonly name: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly country: string | null;
}

export const INTEGRATION_TYPES = ['kombo', 'native', 'partner'] as const;
export type IntegrationType = (typeof INTEGRATION_TYPES)[number];
