import { Migration } from '@mikro-orm/migrations';
import { rowSecurity } from './row-security.js';

const STATES = ['queued', 'delivering', 'delivered', 'parked', 'rejected'];

const TABLES = `
create table result (
  tenant_id uuid not null references tenant (id),
  application_id uuid not null,
  result_key text not null,
  revision int not null,
  content jsonb,
  content_hash text not null,
  accepted_at timestamptz not null,
  primary key (tenant_id, application_id, result_key)
);

create table result_delivery (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  application_id uuid not null,
  result_key text not null,
  revision int not null,
  state text not null check (state in (${STATES.map((state) => `'${state}'`).join(', ')})),
  attempts int not null,
  due_at timestamptz not null,
  give_up_at timestamptz not null,
  lease_until timestamptz,
  channel text,
  in_doubt boolean not null,
  last_error text,
  last_code text,
  delivered_at timestamptz,
  receipt_revision int,
  receipt_integration_id uuid,
  receipt_channel text,
  receipt_remote_id text,
  updated_at timestamptz not null,
  primary key (tenant_id, application_id, result_key),
  unique (tenant_id, id),
  foreign key (tenant_id, application_id, result_key) references result (tenant_id, application_id, result_key) on delete cascade
);
create index result_delivery_by_id on result_delivery (id);
create index result_delivery_due on result_delivery (due_at) where state = 'queued';
create index result_delivery_leased on result_delivery (lease_until) where state = 'delivering';
create index result_delivery_waiting on result_delivery (state, updated_at desc) where state in ('parked', 'rejected');
`;

/** Results on their way out: what is in them, seen by their own tenant alone, and how their delivery stands, seen by the platform's own work. */
export class Results extends Migration {
  override name = '2026-11-23-results';

  override up(): void {
    this.addSql(TABLES);
    this.addSql(rowSecurity('result', 'own'));
    this.addSql(rowSecurity('result_delivery', 'platform'));
  }
}
