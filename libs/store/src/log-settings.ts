import type { Transaction } from './transaction.js';

/**
 * The settings of PostgreSQL's with which its own log would repeat values of rows (PostgreSQL 18, “Error Reporting and Logging”): a detail
 * quotes the row that a statement failed on, and statements are logged with their parameters. Empty where all are as they should be.
 */
export async function logSettingsThatTell(tx: Transaction): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(`
    select name from pg_settings
    where (name = 'log_error_verbosity' and setting <> 'terse') or (name = 'log_min_error_statement' and setting <> 'panic')
       or (name in ('log_parameter_max_length', 'log_parameter_max_length_on_error') and setting <> '0')
    order by name`);
  return rows.map(({ name }) => name);
}
