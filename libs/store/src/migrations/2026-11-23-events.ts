import { Migration } from '@mikro-orm/migrations';

const CHANGES = `
alter table change drop constraint change_kind_check;
alter table change add column details jsonb;
create index change_by_xid on change (xid, seq);

drop policy change_own on change;
create policy change_own on change
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or current_setting('app.scope', true) = 'platform')
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid or current_setting('app.scope', true) = 'platform');
`;

/** The change feed: what happened besides records, and a way to read on from a snapshot. Rows hold ids and names of fields, so that the platform's own work may see them. */
export class Events extends Migration {
  override name = '2026-11-23-events';

  override up(): void {
    this.addSql(CHANGES);
  }
}
