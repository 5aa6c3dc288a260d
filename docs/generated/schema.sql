-- What the migrations build, read from the catalog by "npm run generate". The task queue's schema (pgboss) is not ours.

-- Tables

create table application (
  tenant_id uuid not null,
  id uuid not null,
  remote_id text,
  candidate_id uuid,
  job_id uuid,
  stage_id uuid,
  stage_name text,
  remote_created_at timestamp with time zone,
  remote_updated_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint application_pkey PRIMARY KEY (tenant_id, id)
);

create table assessment_order (
  tenant_id uuid not null,
  id uuid not null,
  integration_id uuid not null,
  external_id text not null,
  package_id text not null,
  state text not null,
  application_id uuid,
  candidate_id uuid,
  job_id uuid,
  application_remote_id text,
  candidate_remote_id text,
  received_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint assessment_order_pkey PRIMARY KEY (tenant_id, id),
  constraint assessment_order_tenant_id_integration_id_external_id_key UNIQUE (tenant_id, integration_id, external_id),
  constraint assessment_order_state_check CHECK ((state = ANY (ARRAY['received'::text, 'started'::text, 'completed'::text, 'cancelled'::text, 'expired'::text])))
);

create table ats_user (
  tenant_id uuid not null,
  id uuid not null,
  remote_id text,
  first_name text,
  last_name text,
  email text,
  remote_updated_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint ats_user_pkey PRIMARY KEY (tenant_id, id)
);

create table candidate (
  tenant_id uuid not null,
  id uuid not null,
  remote_id text,
  first_name text,
  last_name text,
  email text,
  remote_created_at timestamp with time zone,
  remote_updated_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint candidate_pkey PRIMARY KEY (tenant_id, id)
);

create table change (
  tenant_id uuid not null,
  seq bigint generated always as identity not null,
  xid xid8 default pg_current_xact_id() not null,
  resource text not null,
  record_id uuid not null,
  kind text not null,
  fields text[] not null,
  at timestamp with time zone not null,
  details jsonb,
  constraint change_pkey PRIMARY KEY (tenant_id, seq)
);

create table consent_entry (
  tenant_id uuid not null,
  seq integer not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  content jsonb not null,
  previous_hash text,
  hash text not null,
  constraint consent_entry_pkey PRIMARY KEY (tenant_id, seq)
);

create table consent_gate (
  tenant_id uuid not null,
  open boolean not null,
  epoch bigint not null,
  next_change_at timestamp with time zone,
  decision jsonb not null,
  constraint consent_gate_pkey PRIMARY KEY (tenant_id)
);

create table held_deletion (
  tenant_id uuid not null,
  run_id uuid not null,
  resource text not null,
  ids uuid[] not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  constraint held_deletion_pkey PRIMARY KEY (tenant_id, run_id, resource),
  constraint held_deletion_decision_check CHECK ((decision = ANY (ARRAY['carry-out'::text, 'keep'::text])))
);

create table idempotency_key (
  caller text not null,
  key text not null,
  request_hash text not null,
  status integer,
  body text,
  created_at timestamp with time zone not null,
  constraint idempotency_key_pkey PRIMARY KEY (caller, key)
);

create table identity (
  tenant_id uuid not null,
  resource text not null,
  integration_id uuid not null,
  external_id text not null,
  id uuid not null,
  remote_id text,
  constraint identity_pkey PRIMARY KEY (tenant_id, resource, integration_id, external_id)
);

create table integration (
  tenant_id uuid not null,
  id uuid not null,
  type text not null,
  ats text not null,
  connector text not null,
  settings jsonb not null,
  sealed_credentials bytea,
  active boolean not null,
  state text not null,
  state_code text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  accounts text[] default '{}'::text[] not null,
  remote_state_at timestamp with time zone,
  findings jsonb default '[]'::jsonb not null,
  checked_at timestamp with time zone,
  constraint integration_pkey PRIMARY KEY (tenant_id, id),
  constraint integration_state_check CHECK ((state = ANY (ARRAY['not-connected'::text, 'connected'::text, 'remote-not-ready'::text, 'remote-data-stale'::text, 'remote-auth-failed'::text, 'remote-disabled'::text, 'remote-deleted'::text]))),
  constraint integration_type_check CHECK ((type = ANY (ARRAY['kombo'::text, 'native'::text, 'partner'::text])))
);

create table integration_switch (
  tenant_id uuid not null,
  id uuid not null,
  from_integration_id uuid,
  to_integration_id uuid not null,
  state text not null,
  reason text,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  document_version text,
  preview jsonb not null,
  sealed_key bytea,
  attempt integer not null,
  lease_until timestamp with time zone,
  "position" jsonb not null,
  progress jsonb not null,
  diff jsonb,
  verdict jsonb,
  error text,
  compared_at timestamp with time zone,
  cut_over_at timestamp with time zone,
  cut_over_by text,
  accepted text[],
  rolled_back_at timestamp with time zone,
  rolled_back_by text,
  updated_at timestamp with time zone not null,
  constraint integration_switch_pkey PRIMARY KEY (tenant_id, id),
  constraint integration_switch_state_check CHECK ((state = ANY (ARRAY['shadowing'::text, 'ready'::text, 'blocked'::text, 'failed'::text, 'cut-over'::text, 'rolled-back'::text, 'cancelled'::text])))
);

create table job (
  tenant_id uuid not null,
  id uuid not null,
  remote_id text,
  name text,
  status text not null,
  visibility text not null,
  location jsonb,
  stages jsonb not null,
  hiring_team jsonb not null,
  remote_updated_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint job_pkey PRIMARY KEY (tenant_id, id)
);

create table oauth_state (
  tenant_id uuid not null,
  integration_id uuid not null,
  state_hash text not null,
  redirect_uri text not null,
  expires_at timestamp with time zone not null,
  constraint oauth_state_pkey PRIMARY KEY (tenant_id, state_hash)
);

create table oauth_token (
  tenant_id uuid not null,
  integration_id uuid not null,
  sealed_tokens bytea not null,
  expires_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint oauth_token_pkey PRIMARY KEY (tenant_id, integration_id)
);

create table order_poll (
  tenant_id uuid not null,
  integration_id uuid not null,
  due_at timestamp with time zone not null,
  published_hash text,
  constraint order_poll_pkey PRIMARY KEY (tenant_id, integration_id)
);

create table partner_key (
  tenant_id uuid not null,
  id uuid not null,
  integration_id uuid not null,
  secret_hash text not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  revoked_at timestamp with time zone,
  constraint partner_key_pkey PRIMARY KEY (tenant_id, id)
);

create table rate_state (
  credential text not null,
  limit_name text not null,
  state jsonb,
  constraint rate_state_pkey PRIMARY KEY (credential, limit_name)
);

create table result (
  tenant_id uuid not null,
  application_id uuid not null,
  result_key text not null,
  revision integer not null,
  content jsonb,
  content_hash text not null,
  accepted_at timestamp with time zone not null,
  constraint result_pkey PRIMARY KEY (tenant_id, application_id, result_key)
);

create table result_delivery (
  tenant_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  result_key text not null,
  revision integer not null,
  state text not null,
  attempts integer not null,
  due_at timestamp with time zone not null,
  give_up_at timestamp with time zone not null,
  lease_until timestamp with time zone,
  channel text,
  in_doubt boolean not null,
  last_error text,
  last_code text,
  delivered_at timestamp with time zone,
  receipt_revision integer,
  receipt_integration_id uuid,
  receipt_channel text,
  receipt_remote_id text,
  updated_at timestamp with time zone not null,
  constraint result_delivery_pkey PRIMARY KEY (tenant_id, application_id, result_key),
  constraint result_delivery_tenant_id_id_key UNIQUE (tenant_id, id),
  constraint result_delivery_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'delivering'::text, 'delivered'::text, 'parked'::text, 'rejected'::text])))
);

create table set_aside (
  tenant_id uuid not null,
  run_id uuid not null,
  n integer generated always as identity not null,
  resource text not null,
  external_id text,
  reason text not null,
  field text,
  constraint set_aside_pkey PRIMARY KEY (tenant_id, run_id, n)
);

create table shadow_key (
  tenant_id uuid not null,
  switch_id uuid not null,
  resource text not null,
  id uuid not null,
  parent_id uuid not null,
  natural_key text not null,
  constraint shadow_key_pkey PRIMARY KEY (tenant_id, switch_id, resource, id, parent_id)
);

create table shadow_record (
  tenant_id uuid not null,
  switch_id uuid not null,
  resource text not null,
  external_id text not null,
  remote_id text,
  natural_key text,
  hashes jsonb not null,
  refs jsonb not null,
  matched_id uuid,
  rule text,
  constraint shadow_record_pkey PRIMARY KEY (tenant_id, switch_id, resource, external_id)
);

create table subscription (
  id uuid not null,
  url text not null,
  types text[] not null,
  tenants uuid[],
  stage_name text,
  description text,
  created_by text not null,
  created_at timestamp with time zone not null,
  secret bytea not null,
  former_secret bytea,
  former_until timestamp with time zone,
  "position" jsonb not null,
  ahead text[] not null,
  fence integer not null,
  lease_until timestamp with time zone,
  due_at timestamp with time zone not null,
  failures integer not null,
  failing_since timestamp with time zone,
  last_error text,
  last_status integer,
  last_delivered_at timestamp with time zone,
  disabled_reason text,
  attempts bigint not null,
  constraint subscription_pkey PRIMARY KEY (id),
  constraint subscription_disabled_reason_check CHECK ((disabled_reason = ANY (ARRAY['gone'::text, 'failing-too-long'::text])))
);

create table subscription_delivery (
  subscription_id uuid not null,
  slot integer not null,
  number bigint not null,
  event_id text not null,
  type text not null,
  attempt integer not null,
  state text not null,
  status integer,
  error text,
  duration_ms integer not null,
  at timestamp with time zone not null,
  constraint subscription_delivery_pkey PRIMARY KEY (subscription_id, slot),
  constraint subscription_delivery_state_check CHECK ((state = ANY (ARRAY['delivered'::text, 'failed'::text])))
);

create table sync_notice (
  tenant_id uuid not null,
  integration_id uuid not null,
  resources text[] not null,
  pending boolean not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  dispatched_at timestamp with time zone,
  unannounced_at timestamp with time zone,
  missed integer default 0 not null,
  constraint sync_notice_pkey PRIMARY KEY (tenant_id, integration_id)
);

create table sync_run (
  tenant_id uuid not null,
  id uuid not null,
  integration_id uuid not null,
  mode text not null,
  resources text[] not null,
  state text not null,
  attempt integer not null,
  step integer not null,
  page integer not null,
  cursor text,
  since jsonb not null,
  progress jsonb not null,
  error text,
  requested_at timestamp with time zone not null,
  started_at timestamp with time zone,
  beat_at timestamp with time zone,
  finished_at timestamp with time zone,
  cause text default 'person'::text not null,
  constraint sync_run_pkey PRIMARY KEY (tenant_id, id),
  constraint sync_run_cause_check CHECK ((cause = ANY (ARRAY['person'::text, 'schedule'::text, 'webhook'::text, 'start'::text]))),
  constraint sync_run_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'delta'::text]))),
  constraint sync_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
);

create table sync_schedule (
  tenant_id uuid not null,
  integration_id uuid not null,
  next_run_at timestamp with time zone not null,
  next_full_at timestamp with time zone not null,
  failures integer not null,
  constraint sync_schedule_pkey PRIMARY KEY (tenant_id, integration_id)
);

create table sync_seen (
  tenant_id uuid not null,
  run_id uuid not null,
  resource text not null,
  page integer not null,
  ids uuid[] not null,
  constraint sync_seen_pkey PRIMARY KEY (tenant_id, run_id, resource, page)
);

create table sync_watermark (
  tenant_id uuid not null,
  integration_id uuid not null,
  resource text not null,
  read_from timestamp with time zone not null,
  full_read_at timestamp with time zone,
  sync_token text,
  constraint sync_watermark_pkey PRIMARY KEY (tenant_id, integration_id, resource)
);

create table tenant (
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint tenant_pkey PRIMARY KEY (id)
);

create table tenant_key (
  tenant_id uuid not null,
  version integer not null,
  wrapped_key bytea not null,
  constraint tenant_key_pkey PRIMARY KEY (tenant_id, version)
);

create table tenant_policy (
  tenant_id uuid not null,
  hidden_fields jsonb not null,
  job_stage_contains text,
  retention_days integer,
  updated_at timestamp with time zone not null,
  constraint tenant_policy_pkey PRIMARY KEY (tenant_id)
);

create table webhook (
  tenant_id uuid not null,
  integration_id uuid not null,
  id text not null,
  type text not null,
  received_at timestamp with time zone not null,
  constraint webhook_pkey PRIMARY KEY (tenant_id, integration_id, id)
);

-- Foreign keys

alter table application add constraint application_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table assessment_order add constraint assessment_order_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table assessment_order add constraint assessment_order_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table ats_user add constraint ats_user_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table candidate add constraint candidate_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table change add constraint change_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table consent_entry add constraint consent_entry_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table consent_gate add constraint consent_gate_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table held_deletion add constraint held_deletion_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table held_deletion add constraint held_deletion_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES sync_run(tenant_id, id) ON DELETE CASCADE;
alter table identity add constraint identity_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table identity add constraint identity_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table integration add constraint integration_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table integration_switch add constraint integration_switch_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table integration_switch add constraint integration_switch_tenant_id_from_integration_id_fkey FOREIGN KEY (tenant_id, from_integration_id) REFERENCES integration(tenant_id, id);
alter table integration_switch add constraint integration_switch_tenant_id_to_integration_id_fkey FOREIGN KEY (tenant_id, to_integration_id) REFERENCES integration(tenant_id, id);
alter table job add constraint job_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table oauth_state add constraint oauth_state_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table oauth_state add constraint oauth_state_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table oauth_token add constraint oauth_token_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table oauth_token add constraint oauth_token_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table order_poll add constraint order_poll_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table order_poll add constraint order_poll_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table partner_key add constraint partner_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table partner_key add constraint partner_key_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table result add constraint result_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table result_delivery add constraint result_delivery_tenant_id_application_id_result_key_fkey FOREIGN KEY (tenant_id, application_id, result_key) REFERENCES result(tenant_id, application_id, result_key) ON DELETE CASCADE;
alter table result_delivery add constraint result_delivery_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table set_aside add constraint set_aside_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table set_aside add constraint set_aside_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES sync_run(tenant_id, id) ON DELETE CASCADE;
alter table shadow_key add constraint shadow_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table shadow_key add constraint shadow_key_tenant_id_switch_id_fkey FOREIGN KEY (tenant_id, switch_id) REFERENCES integration_switch(tenant_id, id) ON DELETE CASCADE;
alter table shadow_record add constraint shadow_record_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table shadow_record add constraint shadow_record_tenant_id_switch_id_fkey FOREIGN KEY (tenant_id, switch_id) REFERENCES integration_switch(tenant_id, id) ON DELETE CASCADE;
alter table subscription_delivery add constraint subscription_delivery_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id) ON DELETE CASCADE;
alter table sync_notice add constraint sync_notice_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table sync_notice add constraint sync_notice_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table sync_run add constraint sync_run_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table sync_run add constraint sync_run_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table sync_schedule add constraint sync_schedule_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table sync_schedule add constraint sync_schedule_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table sync_seen add constraint sync_seen_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table sync_seen add constraint sync_seen_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES sync_run(tenant_id, id) ON DELETE CASCADE;
alter table sync_watermark add constraint sync_watermark_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table sync_watermark add constraint sync_watermark_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);
alter table tenant_key add constraint tenant_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table tenant_policy add constraint tenant_policy_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table webhook add constraint webhook_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant(id);
alter table webhook add constraint webhook_tenant_id_integration_id_fkey FOREIGN KEY (tenant_id, integration_id) REFERENCES integration(tenant_id, id);

-- Indexes

CREATE INDEX application_by_candidate ON application USING btree (tenant_id, candidate_id, id);
CREATE INDEX application_by_change ON application USING btree (tenant_id, changed_at, id);
CREATE INDEX application_by_job ON application USING btree (tenant_id, job_id, id);
CREATE INDEX application_by_stage ON application USING btree (tenant_id, stage_id, id);
CREATE INDEX assessment_order_by_application ON assessment_order USING btree (tenant_id, application_id) WHERE (application_id IS NOT NULL);
CREATE INDEX assessment_order_unmatched ON assessment_order USING btree (tenant_id, integration_id) WHERE ((application_id IS NULL) AND (state = ANY (ARRAY['received'::text, 'started'::text])));
CREATE INDEX ats_user_by_change ON ats_user USING btree (tenant_id, changed_at, id);
CREATE INDEX candidate_by_change ON candidate USING btree (tenant_id, changed_at, id);
CREATE INDEX candidate_by_email ON candidate USING btree (tenant_id, lower(email), id);
CREATE INDEX change_by_seq ON change USING btree (seq);
CREATE INDEX change_by_xid ON change USING btree (xid, seq);
CREATE INDEX idempotency_key_age ON idempotency_key USING btree (created_at);
CREATE INDEX identity_by_id ON identity USING btree (tenant_id, id, resource);
CREATE INDEX identity_by_remote_id ON identity USING btree (tenant_id, resource, remote_id) WHERE (remote_id IS NOT NULL);
CREATE INDEX integration_by_account ON integration USING gin (accounts);
CREATE INDEX integration_by_id ON integration USING btree (id);
CREATE UNIQUE INDEX integration_one_active ON integration USING btree (tenant_id) WHERE active;
CREATE INDEX integration_unchecked ON integration USING btree (checked_at) WHERE active;
CREATE INDEX integration_switch_due ON integration_switch USING btree (lease_until) WHERE (state = 'shadowing'::text);
CREATE UNIQUE INDEX integration_switch_open ON integration_switch USING btree (tenant_id) WHERE (state = ANY (ARRAY['shadowing'::text, 'ready'::text, 'blocked'::text]));
CREATE INDEX job_by_change ON job USING btree (tenant_id, changed_at, id);
CREATE INDEX order_poll_due ON order_poll USING btree (due_at);
CREATE INDEX partner_key_by_id ON partner_key USING btree (id);
CREATE INDEX partner_key_live ON partner_key USING btree (tenant_id, integration_id) WHERE (revoked_at IS NULL);
CREATE INDEX result_delivery_by_id ON result_delivery USING btree (id);
CREATE INDEX result_delivery_due ON result_delivery USING btree (due_at) WHERE (state = 'queued'::text);
CREATE INDEX result_delivery_leased ON result_delivery USING btree (lease_until) WHERE (state = 'delivering'::text);
CREATE INDEX result_delivery_waiting ON result_delivery USING btree (state, updated_at DESC) WHERE (state = ANY (ARRAY['parked'::text, 'rejected'::text]));
CREATE INDEX shadow_record_by_match ON shadow_record USING btree (tenant_id, switch_id, resource, matched_id) WHERE (matched_id IS NOT NULL);
CREATE INDEX subscription_due ON subscription USING btree (due_at) WHERE (disabled_reason IS NULL);
CREATE INDEX subscription_of_caller ON subscription USING btree (created_by, id);
CREATE INDEX sync_notice_due ON sync_notice USING btree (due_at) WHERE pending;
CREATE INDEX sync_notice_unannounced ON sync_notice USING btree (unannounced_at) WHERE (unannounced_at IS NOT NULL);
CREATE INDEX sync_run_finished ON sync_run USING btree (finished_at);
CREATE INDEX sync_run_newest ON sync_run USING btree (tenant_id, requested_at DESC, id);
CREATE UNIQUE INDEX sync_run_one_at_a_time ON sync_run USING btree (tenant_id, integration_id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX sync_run_unfinished ON sync_run USING btree (beat_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX sync_schedule_due ON sync_schedule USING btree (next_run_at);
CREATE INDEX webhook_newest ON webhook USING btree (received_at DESC);

-- Row-level security

alter table application enable row level security;
alter table application force row level security;
alter table assessment_order enable row level security;
alter table assessment_order force row level security;
alter table ats_user enable row level security;
alter table ats_user force row level security;
alter table candidate enable row level security;
alter table candidate force row level security;
alter table change enable row level security;
alter table change force row level security;
alter table consent_entry enable row level security;
alter table consent_entry force row level security;
alter table consent_gate enable row level security;
alter table consent_gate force row level security;
alter table held_deletion enable row level security;
alter table held_deletion force row level security;
alter table identity enable row level security;
alter table identity force row level security;
alter table integration enable row level security;
alter table integration force row level security;
alter table integration_switch enable row level security;
alter table integration_switch force row level security;
alter table job enable row level security;
alter table job force row level security;
alter table oauth_state enable row level security;
alter table oauth_state force row level security;
alter table oauth_token enable row level security;
alter table oauth_token force row level security;
alter table order_poll enable row level security;
alter table order_poll force row level security;
alter table partner_key enable row level security;
alter table partner_key force row level security;
alter table result enable row level security;
alter table result force row level security;
alter table result_delivery enable row level security;
alter table result_delivery force row level security;
alter table set_aside enable row level security;
alter table set_aside force row level security;
alter table shadow_key enable row level security;
alter table shadow_key force row level security;
alter table shadow_record enable row level security;
alter table shadow_record force row level security;
alter table sync_notice enable row level security;
alter table sync_notice force row level security;
alter table sync_run enable row level security;
alter table sync_run force row level security;
alter table sync_schedule enable row level security;
alter table sync_schedule force row level security;
alter table sync_seen enable row level security;
alter table sync_seen force row level security;
alter table sync_watermark enable row level security;
alter table sync_watermark force row level security;
alter table tenant enable row level security;
alter table tenant force row level security;
alter table tenant_key enable row level security;
alter table tenant_key force row level security;
alter table tenant_policy enable row level security;
alter table tenant_policy force row level security;
alter table webhook enable row level security;
alter table webhook force row level security;

-- Policies

create policy application_own on application as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy assessment_order_own on assessment_order as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy ats_user_own on ats_user as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy candidate_own on candidate as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy change_own on change as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy consent_entry_own on consent_entry as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy consent_gate_own on consent_gate as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy held_deletion_own on held_deletion as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy identity_own on identity as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy integration_own on integration as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy integration_switch_own on integration_switch as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy job_own on job as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy oauth_state_own on oauth_state as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy oauth_token_own on oauth_token as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy order_poll_own on order_poll as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy partner_key_own on partner_key as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy result_own on result as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy result_delivery_own on result_delivery as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy set_aside_own on set_aside as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy shadow_key_own on shadow_key as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy shadow_record_own on shadow_record as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy sync_notice_own on sync_notice as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy sync_run_own on sync_run as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy sync_schedule_own on sync_schedule as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy sync_seen_own on sync_seen as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy sync_watermark_own on sync_watermark as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy tenant_own on tenant as permissive for all to public
  using (((id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy tenant_key_own on tenant_key as permissive for all to public
  using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid))
  with check ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy tenant_policy_own on tenant_policy as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));
create policy webhook_own on webhook as permissive for all to public
  using (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)))
  with check (((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid) OR (current_setting('app.scope'::text, true) = 'platform'::text)));

-- Rights of the application

grant delete, insert, select, update on application to ats_gateway_app;
grant delete, insert, select, update on assessment_order to ats_gateway_app;
grant delete, insert, select, update on ats_user to ats_gateway_app;
grant delete, insert, select, update on candidate to ats_gateway_app;
grant insert, select on change to ats_gateway_app;
grant insert, select on consent_entry to ats_gateway_app;
grant delete, insert, select, update on consent_gate to ats_gateway_app;
grant delete, insert, select, update on held_deletion to ats_gateway_app;
grant delete, insert, select, update on idempotency_key to ats_gateway_app;
grant delete, insert, select, update on identity to ats_gateway_app;
grant delete, insert, select, update on integration to ats_gateway_app;
grant delete, insert, select, update on integration_switch to ats_gateway_app;
grant delete, insert, select, update on job to ats_gateway_app;
grant delete, insert, select, update on oauth_state to ats_gateway_app;
grant delete, insert, select, update on oauth_token to ats_gateway_app;
grant delete, insert, select, update on order_poll to ats_gateway_app;
grant delete, insert, select, update on partner_key to ats_gateway_app;
grant delete, insert, select, update on rate_state to ats_gateway_app;
grant delete, insert, select, update on result to ats_gateway_app;
grant delete, insert, select, update on result_delivery to ats_gateway_app;
grant delete, insert, select, update on set_aside to ats_gateway_app;
grant delete, insert, select, update on shadow_key to ats_gateway_app;
grant delete, insert, select, update on shadow_record to ats_gateway_app;
grant delete, insert, select, update on subscription to ats_gateway_app;
grant delete, insert, select, update on subscription_delivery to ats_gateway_app;
grant delete, insert, select, update on sync_notice to ats_gateway_app;
grant delete, insert, select, update on sync_run to ats_gateway_app;
grant delete, insert, select, update on sync_schedule to ats_gateway_app;
grant delete, insert, select, update on sync_seen to ats_gateway_app;
grant delete, insert, select, update on sync_watermark to ats_gateway_app;
grant delete, insert, select, update on tenant to ats_gateway_app;
grant delete, insert, select, update on tenant_key to ats_gateway_app;
grant delete, insert, select, update on tenant_policy to ats_gateway_app;
grant delete, insert, select, update on webhook to ats_gateway_app;
