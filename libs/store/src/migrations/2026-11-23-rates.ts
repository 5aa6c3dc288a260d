import { Migration } from '@mikro-orm/migrations';

/** How the limits of the credentials stand that processes and tenants share. No tenant's own: Kombo's key serves all of them. */
export class Rates extends Migration {
  override name = '2026-11-23-rates';

  override up(): void {
    this.addSql(`
create table rate_state (
  credential text not null,
  limit_name text not null,
  state jsonb,
  primary key (credential, limit_name)
) with (fillfactor = 50);
grant select, insert, update, delete on rate_state to ats_gateway_app;`);
  }
}
