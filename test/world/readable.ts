import type { Tenant } from './tenant.js';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is compared, field by field
type Json = any;

export const LISTS = ['users', 'jobs', 'candidates', 'applications'] as const;
export type List = (typeof LISTS)[number];

/** A tenant's records with the ATS's ids in the place of ours, so that two tenants with the same ATS can be compared. */
export async function readable(tenant: Tenant): Promise<Readonly<Record<List, readonly Json[]>>> {
  const names = new Map<string, string>();
  const lists = new Map<List, Json[]>();
  for (const list of LISTS) {
    const records = await tenant.records(list);
    lists.set(list, records);
    for (const record of records) names.set(record.id, record.remoteId);
    if (list === 'jobs') for (const job of records) for (const stage of job.stages) names.set(stage.id, stage.name);
  }
  const named = (id: string | null | undefined): string | null => (id === null || id === undefined ? null : (names.get(id) ?? 'unknown'));
  const of = (list: List) => lists.get(list) ?? [];
  return {
    users: of('users').map(plain),
    jobs: of('jobs').map((job) => ({
      ...plain(job),
      stages: job.stages.map(({ name, position }: Json) => ({ name, position })),
      hiringTeam: job.hiringTeam.map(({ userId }: Json) => named(userId)).sort(),
    })),
    candidates: of('candidates').map((candidate) => ({
      ...plain(candidate),
      applications: candidate.applications.map(({ id }: Json) => named(id)).sort(),
    })),
    applications: of('applications').map((application) => ({
      ...plain(application),
      candidateId: named(application.candidateId),
      jobId: named(application.jobId),
      stageId: named(application.stageId),
    })),
  };
}

const plain = ({ id: _id, changedAt: _changedAt, ...rest }: Json) => rest;
