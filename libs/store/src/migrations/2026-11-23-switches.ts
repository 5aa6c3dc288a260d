import { Migration } from '@mikro-orm/migrations';
import { rowSecurity } from './row-security.js';

const STATES = ['shadowing', 'ready', 'blocked', 'failed', 'cut-over', 'rolled-back', 'cancelled'];

const TABLES = `
create table integration_switch (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  from_integration_id uuid,
  to_integration_id uuid not null,
  state text not null check (state in (${STATES.map((state) => `'${state}'`).join(', ')})),
  reason text,
  asked_by text not null,
  asked_at timestamptz not null,
  document_version text,
  preview jsonb not null,
  sealed_key bytea,
  attempt int not null,
  lease_until timestamptz,
  position jsonb not null,
  progress jsonb not null,
  diff jsonb,
  verdict jsonb,
  error text,
  compared_at timestamptz,
  cut_over_at timestamptz,
  cut_over_by text,
  accepted text[],
  rolled_back_at timestamptz,
  rolled_back_by text,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, from_integration_id) references integration (tenant_id, id),
  foreign key (tenant_id, to_integration_id) references integration (tenant_id, id)
);
create unique index integration_switch_open on integration_switch (tenant_id) where state in ('shadowing', 'ready', 'blocked');
create index integration_switch_due on integration_switch (lease_until) where state = 'shadowing';

create table shadow_record (
  tenant_id uuid not null references tenant (id),
  switch_id uuid not null,
  resource text not null,
  external_id text not null,
  remote_id text,
  natural_key text,
  hashes jsonb not null,
  refs jsonb not null,
  matched_id uuid,
  rule text,
  primary key (tenant_id, switch_id, resource, external_id),
  foreign key (tenant_id, switch_id) references integration_switch (tenant_id, id) on delete cascade
);
create index shadow_record_by_match on shadow_record (tenant_id, switch_id, resource, matched_id) where matched_id is not null;

create table shadow_key (
  tenant_id uuid not null references tenant (id),
  switch_id uuid not null,
  resource text not null,
  id uuid not null,
  parent_id uuid not null,
  natural_key text not null,
  primary key (tenant_id, switch_id, resource, id, parent_id),
  foreign key (tenant_id, switch_id) references integration_switch (tenant_id, id) on delete cascade
);
`;

/**
 * Switches from one integration to another: who asked for it, when and why; and while one is under way what the target holds: ids, and keyed hashes
 * of everything else.
 */
export class Switches extends Migration {
  override name = '2026-11-23-switches';

  override up(): void {
    this.addSql(TABLES);
    this.addSql(rowSecurity('integration_switch', 'platform'));
    this.addSql(rowSecurity('shadow_record', 'own'));
    this.addSql(rowSecurity('shadow_key', 'own'));
  }
}
