import pg from 'pg';

/**
 * A first sync with nothing around it: the same pages in the same order, parsed, and each written with one statement.
 * Prints how many records it wrote in how many seconds.
 */
const LISTS = {
  users: ['first_name', 'last_name', 'email'],
  jobs: ['name', 'status', 'visibility', 'stages'],
  candidates: ['first_name', 'last_name', 'email_addresses', 'remote_created_at'],
  applications: ['candidate_id', 'job_id', 'current_stage', 'remote_created_at'],
} as const;
const OF_ALL = ['id', 'remote_id', 'remote_updated_at'];

interface Page {
  readonly data: { readonly results: readonly Record<string, unknown>[]; readonly next: string | null };
}

const { KOMBO_URL, INTEGRATION_ID, DATABASE_URL } = process.env;
const client = new pg.Client({ connectionString: DATABASE_URL });

const textOf = (value: unknown): string | null => (value === null || typeof value === 'string' ? value : (JSON.stringify(value) ?? null));

function upsertOf(list: string, columns: readonly string[]): string {
  const parameters = columns.map((_, index) => `$${index + 1}::text[]`);
  const updates = columns.map((column) => `${column} = excluded.${column}`);
  return `insert into floor_${list} (${columns.join(', ')}) select * from unnest(${parameters.join(', ')})
    on conflict (id) do update set ${updates.join(', ')}`;
}

async function read(list: string, cursor: string | null): Promise<Page> {
  const query = new URLSearchParams({ page_size: '250', include_deleted: 'true', ...(cursor === null ? {} : { cursor }) });
  const headers = { authorization: 'Bearer kombo-sandbox-key', 'x-integration-id': INTEGRATION_ID ?? '' };
  const response = await fetch(`${KOMBO_URL}/ats/${list}?${query.toString()}`, { headers });
  if (!response.ok) throw new Error(`${list} answered ${response.status}`);
  const page: Page = JSON.parse(await response.text());
  return page;
}

async function copy(list: string, columns: readonly string[]): Promise<number> {
  await client.query(
    `create table if not exists floor_${list} (${columns.map((column) => `${column} text`).join(', ')}, primary key (id))`,
  );
  const upsert = upsertOf(list, columns);
  let records = 0;
  let cursor: string | null = null;
  do {
    const { data }: Page = await read(list, cursor);
    const values = columns.map((column) => data.results.map((record) => textOf(record[column] ?? null)));
    await client.query(upsert, values);
    records += data.results.length;
    cursor = data.next;
  } while (cursor !== null);
  return records;
}

await client.connect();
const startedAt = performance.now();
let records = 0;
for (const [list, columns] of Object.entries(LISTS)) records += await copy(list, [...OF_ALL, ...columns]);
const seconds = (performance.now() - startedAt) / 1000;
await client.end();
console.log(JSON.stringify({ records, seconds }));
