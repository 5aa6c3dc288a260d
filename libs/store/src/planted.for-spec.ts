import { randomUUID } from 'node:crypto';
import { NOW, type Link, type StoreWorld } from './world.for-spec.js';

/** A row for every table of a tenant: `$1` the tenant, `$2` its integration, `$3` a run, `$4` a time, `$5` a record's id. */
export const PLANTS: Readonly<Record<string, string>> = {
  tenant_key: `values ($1, 1, '\\x00')`,
  consent_entry: `values ($1, 1, $4, 'test', '{}', null, 'hash')`,
  tenant_policy: `values ($1, '{}', null, null, $4)`,
  identity: `values ($1, 'candidate', $2, 'c1', $5, null)`,
  ats_user: `(tenant_id, id, changed_at) values ($1, $5, $4)`,
  job: `(tenant_id, id, status, visibility, stages, hiring_team, changed_at) values ($1, $5, 'open', 'public', '[]', '[]', $4)`,
  application: `(tenant_id, id, changed_at) values ($1, $5, $4)`,
  candidate: `(tenant_id, id, changed_at) values ($1, $5, $4)`,
  change: `(tenant_id, resource, record_id, kind, fields, at) values ($1, 'candidate', $5, 'created', '{}', $4)`,
  sync_run: `(tenant_id, id, integration_id, mode, resources, state, attempt, step, page, since, progress, requested_at)
    values ($1, $3, $2, 'full', '{}', 'queued', 0, 0, 0, '{}', '{}', $4)`,
  sync_watermark: `values ($1, $2, 'job', $4, null, null)`,
  sync_schedule: `values ($1, $2, $4, $4, 0)`,
  sync_seen: `values ($1, $3, 'job', 0, '{}')`,
  set_aside: `(tenant_id, run_id, resource, reason) values ($1, $3, 'job', 'id-missing')`,
  oauth_token: `values ($1, $2, '\\x00', $4, $4)`,
  oauth_state: `values ($1, $2, 'hash', 'uri', $4)`,
  webhook: `values ($1, $2, 'w1', 'data-changed', $4)`,
  assessment_order: `values ($1, $5, $2, 'o1', 'logic', 'received', null, null, null, null, null, $4, $4)`,
  order_poll: `values ($1, $2, $4, null)`,
  partner_key: `values ($1, $5, $2, 'hash', $4, 'planted', null)`,
  result: `values ($1, $5, 'role-fit', 1, null, 'hash', $4)`,
  result_delivery: `values ($1, gen_random_uuid(), $5, 'role-fit', 1, 'queued', 0, $4, $4, null, null, false, null, null, null, null, null, null, null, $4)`,
  sync_notice: `values ($1, $2, '{}', false, $4, $4, $4, null, null, 0)`,
  integration_switch: `(tenant_id, id, to_integration_id, state, asked_by, asked_at, preview, attempt, position, progress, updated_at)
    values ($1, $3, $2, 'ready', 'test', $4, '{}', 0, '{}', '{}', $4)`,
  shadow_record: `values ($1, $3, 'job', 'j1', null, null, '{}', '{}', null, null)`,
  shadow_key: `values ($1, $3, 'job', $5, $5, 'hash')`,
  held_deletion: `values ($1, $3, 'job', '{}', null, null, null)`,
};

/** Plants one row in each table of the tenant; its own, its gate and its integration are there already. Returns the run's id. */
export async function plantEverywhere(world: StoreWorld, { tenantId, integrationId }: Link): Promise<string> {
  const runId = randomUUID();
  const values = [tenantId, integrationId, runId, NOW.toISOString(), randomUUID()];
  await world.store.inTenant(tenantId, async (tx) => {
    for (const [table, plant] of Object.entries(PLANTS)) await tx.run(...numbered(`insert into ${table} ${plant}`, values));
  });
  return runId;
}

/** PostgreSQL refuses parameters that a statement does not use: keeps those that it does. */
function numbered(sql: string, values: readonly string[]): [string, string[]] {
  const used = [...new Set(sql.match(/\$\d/g))].sort();
  const text = sql.replace(/\$\d/g, (name) => `$${used.indexOf(name) + 1}`);
  return [text, used.map((name) => values[Number(name.slice(1)) - 1] ?? '')];
}
