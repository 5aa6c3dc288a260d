import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import { prepare } from './prepared.js';

/** One open transaction, bound to a tenant or to the platform's scope. */
export class Transaction {
  constructor(
    readonly em: EntityManager,
    readonly tenantId: string | null,
  ) {}

  /** Rows of one statement. Values travel as parameters, never in the text. */
  async rows<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.em.getKysely().executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]));
    return rows;
  }

  /** The same for a statement that serving a request asks again and again: planned once per connection. Its text is a constant, or one of a few. */
  prepared<Row extends object>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    prepare(sql);
    return this.rows<Row>(sql, parameters);
  }

  /** How many rows one statement changed. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const { numAffectedRows } = await this.em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
    return Number(numAffectedRows ?? 0);
  }
}
