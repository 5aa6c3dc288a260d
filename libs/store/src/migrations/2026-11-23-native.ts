import { Migration } from '@mikro-orm/migrations';

const APP = 'ats_gateway_app';

const CHANGES = `
alter table sync_watermark add column sync_token text;
create index integration_by_id on integration (id);

create table oauth_token (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  sealed_tokens bytea not null,
  expires_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, integration_id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);

create table oauth_state (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  state_hash text not null,
  redirect_uri text not null,
  expires_at timestamptz not null,
  primary key (tenant_id, state_hash),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
`;

const OWN_TENANT = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;

/** Seen by their own tenant alone: they open a way to its ATS. */
const rowSecurity = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy ${table}_own on ${table} using (${OWN_TENANT}) with check (${OWN_TENANT});
grant select, insert, update, delete on ${table} to ${APP};`;

/** What native connectors keep: tokens of their ATSs, and where a source says that we are. */
export class Native extends Migration {
  override name = '2026-11-23-native';

  override up(): void {
    this.addSql(CHANGES);
    for (const table of ['oauth_token', 'oauth_state']) this.addSql(rowSecurity(table));
  }
}
