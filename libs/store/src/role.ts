import { GatewayError } from '#libs/model';
import type { Transaction } from './transaction.js';

export type RoleCheck = 'refuse' | 'allow';

/** Superusers, BYPASSRLS roles, owners of a table and members of an owner see every tenant's rows, or could: the gateway must not work as one of them. */
export async function assertAppRole(tx: Transaction, check: RoleCheck): Promise<void> {
  if (check === 'allow') return;
  const [role] = await tx.rows<{ superuser: boolean; bypasses: boolean; owner: boolean }>(`
    select r.rolsuper as superuser, r.rolbypassrls as bypasses,
           exists (select from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and pg_has_role(r.oid, c.relowner, 'member')) as owner
    from pg_roles r where r.rolname = current_user`);
  if (role !== undefined && !role.superuser && !role.bypasses && !role.owner) return;
  throw new GatewayError('config-invalid', {
    context: { superuser: role?.superuser ?? null, bypassesRowSecurity: role?.bypasses ?? null, ownsTables: role?.owner ?? null },
    detail:
      'DATABASE_URL logs in as an owner or superuser, whom row-level security does not hold; use a login that is only a member of ats_gateway_app',
  });
}
