import { Migration } from '@mikro-orm/migrations';

/** Updated with every few deliveries: free room in its pages keeps those updates off the indexes. */
const TABLES = `
create table subscription (
  id uuid primary key,
  url text not null,
  types text[] not null,
  tenants uuid[],
  stage_name text,
  description text,
  created_by text not null,
  created_at timestamptz not null,
  secret bytea not null,
  former_secret bytea,
  former_until timestamptz,
  position jsonb not null,
  ahead text[] not null,
  fence int not null,
  lease_until timestamptz,
  due_at timestamptz not null,
  failures int not null,
  failing_since timestamptz,
  last_error text,
  last_status int,
  last_delivered_at timestamptz,
  disabled_reason text check (disabled_reason in ('gone', 'failing-too-long')),
  attempts bigint not null
) with (fillfactor = 50);
create index subscription_due on subscription (due_at) where disabled_reason is null;
create index subscription_of_caller on subscription (created_by, id);

create table subscription_delivery (
  subscription_id uuid not null references subscription (id) on delete cascade,
  slot int not null,
  number bigint not null,
  event_id text not null,
  type text not null,
  attempt int not null,
  state text not null check (state in ('delivered', 'failed')),
  status int,
  error text,
  duration_ms int not null,
  at timestamptz not null,
  primary key (subscription_id, slot)
) with (fillfactor = 50);
grant select, insert, update, delete on subscription, subscription_delivery to ats_gateway_app;
`;

/**
 * Subscriptions to events, and their latest deliveries. They belong to a caller, who may be told of several tenants' events; there are no ids in them but
 * those of tenants and of events.
 */
export class Subscriptions extends Migration {
  override name = '2026-11-23-subscriptions';

  override up(): void {
    this.addSql(TABLES);
  }
}
