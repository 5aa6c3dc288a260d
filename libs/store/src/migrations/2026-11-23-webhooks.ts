import { Migration } from '@mikro-orm/migrations';

const APP = 'ats_gateway_app';

const STATES = [
  'not-connected',
  'connected',
  'remote-not-ready',
  'remote-data-stale',
  'remote-auth-failed',
  'remote-disabled',
  'remote-deleted',
];

const CHANGES = `
alter table integration add column accounts text[] not null default '{}';
alter table integration add column remote_state_at timestamptz;
alter table integration add column findings jsonb not null default '[]';
alter table integration add column checked_at timestamptz;
alter table integration drop constraint integration_state_check;
alter table integration add constraint integration_state_check check (state in (${STATES.map((state) => `'${state}'`).join(', ')}));
create index integration_by_account on integration using gin (accounts);
create index integration_unchecked on integration (checked_at) where active;

alter table sync_run add column cause text not null default 'person' check (cause in ('person', 'schedule', 'webhook', 'start'));

create table webhook (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  id text not null,
  type text not null,
  received_at timestamptz not null,
  primary key (tenant_id, integration_id, id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create index webhook_newest on webhook (received_at desc);

create table sync_notice (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  resources text[] not null,
  pending boolean not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  due_at timestamptz not null,
  dispatched_at timestamptz,
  unannounced_at timestamptz,
  missed int not null default 0,
  primary key (tenant_id, integration_id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create index sync_notice_due on sync_notice (due_at) where pending;
create index sync_notice_unannounced on sync_notice (unannounced_at) where unannounced_at is not null;
`;

/** Seen by their own tenant, and by the platform's own work: they hold no data of a person. */
const rowSecurity = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy ${table}_own on ${table}
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or current_setting('app.scope', true) = 'platform')
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or current_setting('app.scope', true) = 'platform');
grant select, insert, update, delete on ${table} to ${APP};`;

/** Webhooks and what they announce, what an integration is known by at its source, and why a run was asked for. */
export class Webhooks extends Migration {
  override name = '2026-11-23-webhooks';

  override up(): void {
    this.addSql(CHANGES);
    for (const table of ['webhook', 'sync_notice']) this.addSql(rowSecurity(table));
    // Row-level security holds the owner too: without the scope it would see no row to fill.
    this.addSql(`select set_config('app.scope', 'platform', true)`);
    this.addSql(
      `update integration set accounts = array[settings ->> 'komboIntegrationId'] where settings ? 'komboIntegrationId' and deleted_at is null`,
    );
    this.addSql(`update sync_run set progress = '{"unavailable": []}'::jsonb || progress`);
    this.addSql(`update integration set state = 'not-connected' where connector = 'kombo' and accounts = '{}' and deleted_at is null`);
  }
}
