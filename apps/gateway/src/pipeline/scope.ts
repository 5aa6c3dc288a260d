import type { Allowed } from '#libs/allowlist';
import type { Grant } from '#libs/consent';
import type { Resource } from '#libs/model';
import { candidatesWithApplication, findIds, storedJobs, type IdentityMap, type RemoteName, type Transaction } from '#libs/store';

type InScope<R extends Resource> = (record: Allowed<R>) => boolean;

/** Which of a page's records the tenant's job scope lets in: jobs by their stages, applications by their job, candidates by their applications. */
export async function scopeOf<R extends Resource>(
  tx: Transaction,
  grant: Grant,
  resource: R,
  records: readonly Allowed<R>[],
): Promise<InScope<R>> {
  if (grant.jobScope === null) return () => true;
  return SCOPES[resource](tx, grant, grant.jobScope.stageNameContains.toLowerCase(), records);
}

type Scope<R extends Resource> = (tx: Transaction, grant: Grant, stageName: string, records: readonly Allowed<R>[]) => Promise<InScope<R>>;

const SCOPES: { readonly [R in Resource]: Scope<R> } = {
  user: () => Promise.resolve(() => true),
  job: (_tx, _grant, stageName) =>
    Promise.resolve(({ fields }) => fields.stages.some(({ name }) => name?.toLowerCase().includes(stageName) === true)),
  application: async (tx, grant, _stageName, records) => {
    const ids = await idsOf(
      tx,
      grant,
      'job',
      records.map(({ fields }) => fields.jobId),
    );
    const stored = await storedJobs(tx, grant.tenantId, ids.all());
    return ({ fields }) => stored.has(ids.idOf('job', fields.jobId) ?? '');
  },
  candidate: async (tx, grant, _stageName, records) => {
    const ids = await idsOf(
      tx,
      grant,
      'candidate',
      records.map(({ externalId }) => externalId),
    );
    const applied = await candidatesWithApplication(tx, grant.tenantId, ids.all());
    return ({ externalId }) => applied.has(ids.idOf('candidate', externalId) ?? '');
  },
};

function idsOf(tx: Transaction, grant: Grant, resource: Resource, externalIds: readonly (string | null)[]): Promise<IdentityMap> {
  const names = externalIds.flatMap((externalId): RemoteName[] => (externalId === null ? [] : [{ resource, externalId, remoteId: null }]));
  return findIds(tx, grant, names);
}
