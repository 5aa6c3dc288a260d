import { Migration } from '@mikro-orm/migrations';
import { rowSecurity } from './row-security.js';

const STATES = ['received', 'started', 'completed', 'cancelled', 'expired'];

const TABLES = `
create table assessment_order (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  integration_id uuid not null,
  external_id text not null,
  package_id text not null,
  state text not null check (state in (${STATES.map((state) => `'${state}'`).join(', ')})),
  application_id uuid,
  candidate_id uuid,
  job_id uuid,
  application_remote_id text,
  candidate_remote_id text,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, integration_id, external_id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create table order_poll (
  tenant_id uuid not null references tenant (id),
  integration_id uuid not null,
  due_at timestamptz not null,
  published_hash text,
  primary key (tenant_id, integration_id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create index order_poll_due on order_poll (due_at);

create index assessment_order_by_application on assessment_order (tenant_id, application_id) where application_id is not null;
create index assessment_order_unmatched on assessment_order (tenant_id, integration_id) where application_id is null and state in ('received', 'started');
`;

/** Assessments that were ordered in an ATS: ids and states. */
export class Orders extends Migration {
  override name = '2026-11-23-orders';

  override up(): void {
    this.addSql(TABLES);
    this.addSql(rowSecurity('assessment_order', 'own'));
    this.addSql(rowSecurity('order_poll', 'platform'));
  }
}
