import type { Pool } from 'pg';
import { GatewayError } from '#libs/model';

const names = new Map<string, string>();

/** From now on each connection parses and plans this statement once. Only for texts of ours that do not vary with values: none is ever forgotten. */
export function prepare(sql: string): void {
  if (!names.has(sql)) names.set(sql, `gateway_${names.size}`);
}

/** Lets the pool's connections keep the statements that are prepared. Kysely (0.29) cannot name a statement, which is how `pg` is told. */
export function keepPrepared(pool: Pool): void {
  pool.on('connect', (client) => {
    const query: unknown = Reflect.get(client, 'query');
    if (typeof query !== 'function') throw new GatewayError('internal');
    Reflect.set(client, 'query', (statement: unknown, ...rest: unknown[]) => {
      const result: unknown = Reflect.apply(query, client, [named(statement), ...rest]);
      return result;
    });
  });
}

function named(statement: unknown): unknown {
  if (typeof statement !== 'string') return statement;
  const name = names.get(statement);
  return name === undefined ? statement : { name, text: statement };
}
