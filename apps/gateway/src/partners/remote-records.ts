import type { RemoteFields, RemoteRecord, Resource } from '#libs/model';
import type { ApplicationBody, CandidateBody, JobBody, UserBody } from './partner.dto.js';

/** What a PUT takes, by resource. */
export interface Bodies {
  readonly user: UserBody;
  readonly job: JobBody;
  readonly candidate: CandidateBody;
  readonly application: ApplicationBody;
}

const FIELDS: { readonly [R in Resource]: (body: Bodies[R]) => Partial<RemoteFields[R]> } = {
  user: ({ firstName, lastName, email, updatedAt }) => ({
    firstName: firstName ?? null,
    lastName: lastName ?? null,
    email: email ?? null,
    remoteUpdatedAt: updatedAt ?? null,
  }),
  job: ({ name, status, visibility, location, stages, hiringTeam, updatedAt }) => ({
    name,
    status: status ?? 'unknown',
    visibility: visibility ?? 'unknown',
    location: locationOf(location),
    stages: (stages ?? []).map((stage, place) => ({
      externalId: stage.id,
      remoteId: stage.id,
      name: stage.name,
      position: stage.position ?? place,
    })),
    hiringTeam: [...new Set(hiringTeam)],
    remoteUpdatedAt: updatedAt ?? null,
  }),
  candidate: ({ firstName, lastName, email, createdAt, updatedAt }) => ({
    firstName: firstName ?? null,
    lastName: lastName ?? null,
    email: email ?? null,
    remoteCreatedAt: createdAt ?? null,
    remoteUpdatedAt: updatedAt ?? null,
  }),
  application: ({ candidateId, jobId, stageId, stageName, createdAt, updatedAt }) => ({
    candidateId,
    jobId,
    stageId: stageId ?? null,
    stageName: stageName ?? null,
    remoteCreatedAt: createdAt ?? null,
    remoteUpdatedAt: updatedAt ?? null,
  }),
};

/** A record as an ATS sends it, as any connector gives one: it passes the allowlist next. */
export const remoteRecord = <R extends Resource>(resource: R, remoteId: string, body: Bodies[R]): RemoteRecord<R> => ({
  resource,
  externalId: remoteId,
  remoteId,
  deleted: false,
  fields: FIELDS[resource](body),
});

function locationOf({ city, region, country }: NonNullable<JobBody['location']> = {}): RemoteFields['job']['location'] {
  const parts = [city, region, country].filter((part) => part !== undefined && part !== '');
  if (parts.length === 0) return null;
  return { name: parts.join(', '), city: city ?? null, region: region ?? null, country: country ?? null };
}
