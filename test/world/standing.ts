import type { TestDatabase } from '#libs/testkit';
import { rowsIn } from './rows.js';

/** How a tenant stands between two integrations: all that a switch changes. */
export interface Standing {
  readonly state: string;
  readonly active: readonly string[];
  /** Of the tenant's gate: every change of the active integration ends the grants. */
  readonly epoch: number;
  /** Events that tell of this switch, oldest first, as `former next`. */
  readonly switched: readonly string[];
  /** How many runs there have been, by integration. */
  readonly runs: Readonly<Record<string, number>>;
  /** Rows that the shadow holds. */
  readonly shadow: number;
  readonly hasKey: boolean;
  /** Whether every record has the target's name, or else none. Null: anything between. */
  readonly joined: boolean | null;
}

const STANDING = `
  with named as (
    select count(*) as wanted, count(t.id) as joined
    from (select i.resource, i.id from identity i join integration_switch s on s.tenant_id = i.tenant_id and s.from_integration_id = i.integration_id
      where s.tenant_id = $1 and s.id = $2) f
    left join lateral (select i.id from identity i join integration_switch s on s.tenant_id = i.tenant_id and s.to_integration_id = i.integration_id
      where s.tenant_id = $1 and s.id = $2 and i.resource = f.resource and i.id = f.id) t on true
  )
  select s.state, s.sealed_key is not null as "hasKey",
    (select json_agg(id) from integration where tenant_id = $1 and active) as active,
    (select epoch::int from consent_gate where tenant_id = $1) as epoch,
    (select coalesce(json_agg(concat(details ->> 'formerIntegrationId', ' ', record_id) order by seq), '[]') from change
      where tenant_id = $1 and resource = 'integration' and kind = 'switched' and details ->> 'switchId' = $2::text) as switched,
    (select json_object_agg(integration_id, n) from
      (select integration_id, count(*)::int as n from sync_run where tenant_id = $1 group by 1) r) as runs,
    (select count(*)::int from shadow_record where tenant_id = $1) + (select count(*)::int from shadow_key where tenant_id = $1) as shadow,
    (select case joined when 0 then false when wanted then true end from named) as joined
  from integration_switch s where s.tenant_id = $1 and s.id = $2`;

export async function standingOf(database: TestDatabase, tenantId: string, switchId: string): Promise<Standing> {
  const [row] = await rowsIn(database, STANDING, [tenantId, switchId]);
  return row;
}
