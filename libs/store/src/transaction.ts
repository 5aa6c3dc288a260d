import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

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

  /** How many rows one statement changed. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const { numAffectedRows } = await this.em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
    return Number(numAffectedRows ?? 0);
  }
}
