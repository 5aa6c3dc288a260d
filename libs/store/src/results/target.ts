import type { Transaction } from '../transaction.js';

/** What a connector calls an application and what it belongs to; null where the integration has not named it yet. */
export interface RemoteTarget {
  readonly application: string | null;
  readonly candidate: string | null;
  readonly job: string | null;
}

/** By the integration's own names. Null: the tenant has no such application (any more). */
export async function readTarget(
  tx: Transaction,
  { tenantId, integrationId, applicationId }: { readonly tenantId: string; readonly integrationId: string; readonly applicationId: string },
): Promise<RemoteTarget | null> {
  const external = (resource: string, id: string) =>
    `(select external_id from identity i where i.tenant_id = a.tenant_id and i.id = ${id} and i.resource = '${resource}'
        and i.integration_id = $3 limit 1)`;
  const [row] = await tx.prepared<RemoteTarget>(
    `select ${external('application', 'a.id')} as application, ${external('candidate', 'a.candidate_id')} as candidate,
       ${external('job', 'a.job_id')} as job
     from application a where a.tenant_id = $1 and a.id = $2 and a.deleted_at is null`,
    [tenantId, applicationId, integrationId],
  );
  return row ?? null;
}
