import type { Resource } from '#libs/model';

/** The ATS's own numbers. They depend on the record's number only, so that two stand-ins made from one seed name a record alike. */
const FIRST: { readonly [R in Resource]: number } = { user: 4_000_000, candidate: 4_000_000, job: 100_000, application: 50_000_000 };

export function remoteIdOf(resource: Resource, index: number): string {
  return String(FIRST[resource] + index);
}

/** The record's number; undefined where the ATS never gave this id. */
export function indexOfRemoteId(resource: Resource, remoteId: string): number | undefined {
  return /^[1-9]\d{5,9}$/.test(remoteId) && Number(remoteId) >= FIRST[resource] ? Number(remoteId) - FIRST[resource] : undefined;
}

/** Composed of two, as Kombo does where an ATS has no id of its own for a job's stage. */
export function stageRemoteId(job: number, key: number): string {
  return `${remoteIdOf('job', job)}:${key}`;
}
