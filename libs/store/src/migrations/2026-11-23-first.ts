import { Migration } from '@mikro-orm/migrations';

/** The role that the gateway works as. The login of DATABASE_URL is a member of it, and never the owner of a table. */
const APP = 'ats_gateway_app';

/** Seen by their own tenant, and by the platform's own work (scheduler, lists): they hold no data of a person. */
const CONTROL_TABLES = ['integration', 'consent_entry', 'consent_gate', 'tenant_policy', 'sync_run', 'sync_watermark', 'sync_schedule'];

/** Seen by their own tenant alone. */
const TENANT_TABLES = [
  'tenant_key',
  'identity',
  'ats_user',
  'job',
  'application',
  'candidate',
  'change',
  'sync_seen',
  'set_aside',
  'held_deletion',
];

const TABLES = `
create table tenant (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);

create table tenant_key (
  tenant_id uuid not null references tenant (id),
  version int not null,
  wrapped_key bytea not null,
  primary key (tenant_id, version)
);

create table integration (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  type text not null check (type in ('kombo', 'native', 'partner')),
  ats text not null,
  connector text not null,
  settings jsonb not null,
  sealed_credentials bytea,
  active boolean not null,
  state text not null check (state in ('connected', 'remote-auth-failed', 'remote-not-ready')),
  state_code text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index integration_one_active on integration (tenant_id) where active;

create table consent_entry (
  tenant_id uuid not null references tenant (id),
  seq int not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  content jsonb not null,
  previous_hash text,
  hash text not null,
  primary key (tenant_id, seq)
);

create table consent_gate (
  tenant_id uuid primary key references tenant (id),
  open boolean not null,
  epoch bigint not null,
  next_change_at timestamptz,
  decision jsonb not null
);

create table tenant_policy (
  tenant_id uuid primary key references tenant (id),
  hidden_fields jsonb not null,
  job_stage_contains text,
  retention_days int,
  updated_at timestamptz not null
);

create table identity (
  tenant_id uuid not null references tenant (id),
  resource text not null,
  integration_id uuid not null,
  external_id text not null,
  id uuid not null,
  remote_id text,
  primary key (tenant_id, resource, integration_id, external_id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
-- Not by resource first: while a table has no statistics, the planner would take such an index for look-ups by external id.
create index identity_by_id on identity (tenant_id, id, resource);
create index identity_by_remote_id on identity (tenant_id, resource, remote_id) where remote_id is not null;

create table ats_user (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  remote_id text,
  first_name text,
  last_name text,
  email text,
  remote_updated_at timestamptz,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index ats_user_by_change on ats_user (tenant_id, changed_at, id);

create table job (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  remote_id text,
  name text,
  status text not null,
  visibility text not null,
  location jsonb,
  stages jsonb not null,
  hiring_team jsonb not null,
  remote_updated_at timestamptz,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index job_by_change on job (tenant_id, changed_at, id);

create table application (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  remote_id text,
  candidate_id uuid,
  job_id uuid,
  stage_id uuid,
  stage_name text,
  remote_created_at timestamptz,
  remote_updated_at timestamptz,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index application_by_change on application (tenant_id, changed_at, id);
create index application_by_job on application (tenant_id, job_id, id);
create index application_by_candidate on application (tenant_id, candidate_id, id);
create index application_by_stage on application (tenant_id, stage_id, id);

create table candidate (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  remote_id text,
  first_name text,
  last_name text,
  email text,
  remote_created_at timestamptz,
  remote_updated_at timestamptz,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index candidate_by_change on candidate (tenant_id, changed_at, id);
create index candidate_by_email on candidate (tenant_id, lower(email), id);

create table change (
  tenant_id uuid not null references tenant (id),
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  resource text not null,
  record_id uuid not null,
  kind text not null check (kind in ('created', 'updated', 'deleted')),
  fields text[] not null,
  at timestamptz not null,
  primary key (tenant_id, seq)
);
create index change_by_seq on change (seq);

create table sync_run (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  integration_id uuid not null,
  mode text not null check (mode in ('full', 'delta')),
  resources text[] not null,
  state text not null check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt int not null,
  step int not null,
  page int not null,
  cursor text,
  since jsonb not null,
  progress jsonb not null,
  error text,
  requested_at timestamptz not null,
  started_at timestamptz,
  beat_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create unique index sync_run_one_at_a_time on sync_run (tenant_id, integration_id) where state in ('queued', 'running');
create index sync_run_newest on sync_run (tenant_id, requested_at desc, id);
create index sync_run_finished on sync_run (finished_at);
create index sync_run_unfinished on sync_run (beat_at) where state in ('queued', 'running');

create table sync_watermark (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  resource text not null,
  read_from timestamptz not null,
  full_read_at timestamptz,
  primary key (tenant_id, integration_id, resource),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);

create table sync_schedule (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  next_run_at timestamptz not null,
  next_full_at timestamptz not null,
  failures int not null,
  primary key (tenant_id, integration_id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create index sync_schedule_due on sync_schedule (next_run_at);

create table sync_seen (
  tenant_id uuid not null references tenant (id),
  run_id uuid not null,
  resource text not null,
  page int not null,
  ids uuid[] not null,
  primary key (tenant_id, run_id, resource, page),
  foreign key (tenant_id, run_id) references sync_run (tenant_id, id) on delete cascade
);

create table set_aside (
  tenant_id uuid not null references tenant (id),
  run_id uuid not null,
  n int generated always as identity,
  resource text not null,
  external_id text,
  reason text not null,
  field text,
  primary key (tenant_id, run_id, n),
  foreign key (tenant_id, run_id) references sync_run (tenant_id, id) on delete cascade
);

create table held_deletion (
  tenant_id uuid not null references tenant (id),
  run_id uuid not null,
  resource text not null,
  ids uuid[] not null,
  decision text check (decision in ('carry-out', 'keep')),
  decided_by text,
  decided_at timestamptz,
  primary key (tenant_id, run_id, resource),
  foreign key (tenant_id, run_id) references sync_run (tenant_id, id) on delete cascade
);

create table idempotency_key (
  caller text not null,
  key text not null,
  request_hash text not null,
  status int,
  body text,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_key_age on idempotency_key (created_at);
`;

const OWN_TENANT = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;
const PLATFORM = `current_setting('app.scope', true) = 'platform'`;

function rowSecurity(table: string, condition: string): string {
  return `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy ${table}_own on ${table} using (${condition}) with check (${condition});
grant select, insert, update, delete on ${table} to ${APP};`;
}

/** Every table of the first version, with row-level security forced and the application's rights. */
export class First extends Migration {
  override name = '2026-11-23-first';

  override up(): void {
    this.addSql(`
do $$ begin
  if not exists (select from pg_roles where rolname = '${APP}') then
    create role ${APP} nologin;
  end if;
end $$`);
    this.addSql(TABLES);
    for (const table of CONTROL_TABLES) this.addSql(rowSecurity(table, `${OWN_TENANT} or ${PLATFORM}`));
    for (const table of TENANT_TABLES) this.addSql(rowSecurity(table, OWN_TENANT));
    this.addSql(rowSecurity('tenant', `id = nullif(current_setting('app.tenant', true), '')::uuid or ${PLATFORM}`));
    this.addSql(`
revoke update, delete on consent_entry from ${APP};
revoke update, delete on change from ${APP};
grant select, insert, update, delete on idempotency_key to ${APP};
grant usage on schema public to ${APP};
grant usage on all sequences in schema public to ${APP};`);
  }
}
