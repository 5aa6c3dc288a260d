import { Migration } from '@mikro-orm/migrations';
import { rowSecurity } from './row-security.js';

const TABLES = `
create table partner_key (
  tenant_id uuid not null references tenant (id),
  id uuid not null,
  integration_id uuid not null,
  secret_hash text not null,
  created_at timestamptz not null,
  created_by text not null,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, integration_id) references integration (tenant_id, id)
);
create index partner_key_by_id on partner_key (id);
create index partner_key_live on partner_key (tenant_id, integration_id) where revoked_at is null;
`;

/** Keys of ATSs that send their records themselves: only their hashes, so that the platform's own work may look them up. */
export class Partners extends Migration {
  override name = '2026-11-23-partners';

  override up(): void {
    this.addSql(TABLES);
    this.addSql(rowSecurity('partner_key', 'platform'));
  }
}
