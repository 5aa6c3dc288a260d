import type { BenchDatabase } from './ground.js';

const TABLES = ['ats_user', 'job', 'candidate', 'application', 'identity', 'change'];

/** Where each row of the records' tables lies, and who wrote it: any row that is written, even with what it held, changes this. */
export async function written({ pool }: BenchDatabase): Promise<string> {
  const prints = TABLES.map(
    (table) =>
      `select '${table}' as name, count(*) as rows, md5(string_agg(ctid::text || xmin::text, ',' order by ctid)) as print from ${table}`,
  );
  // The parts of a union come in any order.
  const { rows } = await pool.query(`${prints.join(' union all ')} order by 1`);
  return JSON.stringify(rows);
}
