import type { JobStatus, JobVisibility, Location, Resource } from './resources.js';

/** A record's reference to another one, by the name that the connector gives it. */
export type ExternalId = string;

export interface RemoteStage {
  readonly externalId: ExternalId;
  readonly remoteId: string | null;
  readonly name: string | null;
  readonly position: number | null;
}

export interface RemoteJobFields {
  readonly name: string | null;
  readonly status: JobStatus;
  readonly visibility: JobVisibility;
  readonly location: Location | null;
  /** RFC 3339, UTC. The source's own last edit. */
  readonly remoteUpdatedAt: string | null;
  readonly stages: readonly RemoteStage[];
  /** Users, by external id. */
  readonly hiringTeam: readonly ExternalId[];
}

export interface RemoteUserFields {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly remoteUpdatedAt: string | null;
}

export interface RemoteCandidateFields {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly remoteCreatedAt: string | null;
  readonly remoteUpdatedAt: string | null;
}

export interface RemoteApplicationFields {
  readonly candidateId: ExternalId | null;
  readonly jobId: ExternalId | null;
  readonly stageId: ExternalId | null;
  readonly stageName: string | null;
  readonly remoteCreatedAt: string | null;
  readonly remoteUpdatedAt: string | null;
}

export interface RemoteFields {
  readonly user: RemoteUserFields;
  readonly job: RemoteJobFields;
  readonly application: RemoteApplicationFields;
  readonly candidate: RemoteCandidateFields;
}

export type FieldName<R extends Resource> = keyof RemoteFields[R] & string;

/**
 * A record as a connector read it, before the allowlist. It may hold more than the tenant granted, so it is never stored:
 * `allow(grant, record)` makes what may be.
 */
export interface RemoteRecord<R extends Resource = Resource> {
  readonly resource: R;
  /** What the connector calls the record (Kombo's `id`). */
  readonly externalId: ExternalId;
  /** What the ATS calls it, where known (Kombo's `remote_id`). */
  readonly remoteId: string | null;
  /** The source reports the record as deleted; its fields are then meaningless. */
  readonly deleted: boolean;
  readonly fields: Partial<RemoteFields[R]>;
}
