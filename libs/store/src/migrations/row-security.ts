/** The role that the gateway works as. The login of DATABASE_URL is a member of it, and never the owner of a table. */
const APP = 'ats_gateway_app';

const OWN = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;

/**
 * SQL that forces row-level security on a new table. `own`: seen by its own tenant alone; `platform`: by the platform's own work too, for what holds
 * no data of a person.
 */
export function rowSecurity(table: string, seenBy: 'own' | 'platform'): string {
  const visible = seenBy === 'own' ? OWN : `${OWN} or current_setting('app.scope', true) = 'platform'`;
  return `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy ${table}_own on ${table} using (${visible}) with check (${visible});
grant select, insert, update, delete on ${table} to ${APP};`;
}
