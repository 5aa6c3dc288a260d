import pg from 'pg';
import type { TestDatabase } from '#libs/testkit';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the statement selects
type Selected = any;

/** Rows as they are stored, whoever's they are. */
export async function rowsIn(
  { adminUrl }: Pick<TestDatabase, 'adminUrl'>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Selected[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
