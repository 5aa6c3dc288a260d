import { randomUUID } from 'node:crypto';
import type { Identified } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { NOW, type Link, type StoreWorld } from '../world.for-spec.js';
import { matchBy, unmatchedHere, writeKeys } from './match.js';
import { writeShadow, type ShadowRow } from './shadow.js';

interface Ours {
  readonly remoteId?: string;
  /** An e-mail address, or a name. */
  readonly key?: string;
  readonly deleted?: boolean;
  /** Of a job. */
  readonly stages?: readonly object[];
}

/** A row of the target's; what is not told it does not say. */
export const there = (resource: Identified, externalId: string, told: Partial<ShadowRow> = {}): ShadowRow => ({
  resource,
  externalId,
  remoteId: null,
  naturalKey: null,
  hashes: {},
  refs: {},
  ...told,
});

/** A tenant's switch to an integration, and records on both sides. A natural key's hash is the key itself. */
export class ShadowWorld {
  private constructor(
    private readonly world: StoreWorld,
    readonly link: Link,
    readonly shadow: { readonly tenantId: string; readonly switchId: string; readonly integrationId: string },
  ) {}

  /** Beside the tenant's active integration; to another one, or to that of a switch that was before. */
  static async create(world: StoreWorld, link: Link, to?: string): Promise<ShadowWorld> {
    const { tenantId } = link;
    const [switchId, integrationId] = [randomUUID(), to ?? (await world.integration(tenantId))];
    await world.rows(
      link,
      `insert into integration_switch (tenant_id, id, to_integration_id, state, asked_by, asked_at, preview, attempt, position, progress, updated_at)
       values ($1, $2, $3, 'shadowing', 'test', $4, '{}', 0, '{}', '{}', $4)`,
      [tenantId, switchId, integrationId, NOW.toISOString()],
    );
    return new ShadowWorld(world, link, { tenantId, switchId, integrationId });
  }

  in = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => this.world.in(this.link, work);
  rows = <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => this.world.rows<Row>(this.link, sql, values);

  /** Stores a record. Returns its id. */
  async here(resource: 'user' | 'candidate' | 'job', { remoteId, key, deleted = false, stages = [] }: Ours = {}): Promise<string> {
    const id = randomUUID();
    const values = [this.link.tenantId, id, remoteId ?? null, key ?? null, NOW.toISOString(), deleted ? NOW.toISOString() : null];
    const columns = 'tenant_id, id, remote_id';
    if (resource === 'job')
      await this.rows(
        `insert into job (${columns}, name, changed_at, deleted_at, status, visibility, stages, hiring_team)
         values ($1, $2, $3, $4, $5, $6, 'open', 'public', $7, '[]')`,
        [...values, JSON.stringify(stages)],
      );
    else {
      const table = resource === 'user' ? 'ats_user' : resource;
      await this.rows(`insert into ${table} (${columns}, email, changed_at, deleted_at) values ($1, $2, $3, $4, $5, $6)`, values);
    }
    return id;
  }

  async application(candidateId: string, jobId: string, deleted = false): Promise<string> {
    const id = randomUUID();
    await this.rows(
      'insert into application (tenant_id, id, candidate_id, job_id, changed_at, deleted_at) values ($1, $2, $3, $4, $5, $6)',
      [this.link.tenantId, id, candidateId, jobId, NOW.toISOString(), deleted ? NOW.toISOString() : null],
    );
    return id;
  }

  /** What an integration calls a candidate. */
  identity = (integrationId: string, externalId: string, id: string, remoteId: string | null = null) =>
    this.rows(`insert into identity values ($1, 'candidate', $2, $3, $4, $5)`, [
      this.link.tenantId,
      integrationId,
      externalId,
      id,
      remoteId,
    ]);

  write = (...rows: readonly ShadowRow[]) => this.in((tx) => writeShadow(tx, this.shadow, rows));

  /** Matches by all rules in turn. Resolves to what the target's records were found to be and by which rule, by name. */
  async matched(...resources: readonly Identified[]): Promise<Record<string, readonly [string | null, string | null]>> {
    for (const resource of resources) await this.in((tx) => this.match(tx, resource));
    const rows = await this.rows<{ name: string; id: string | null; rule: string | null }>(
      'select external_id as name, matched_id as id, rule from shadow_record where switch_id = $1 order by 1',
      [this.shadow.switchId],
    );
    return Object.fromEntries(rows.map(({ name, id, rule }) => [name, [id, rule]]));
  }

  private async match(tx: Transaction, resource: Identified): Promise<void> {
    await matchBy(tx, this.shadow, resource, 'remoteId');
    await matchBy(tx, this.shadow, resource, 'known');
    const keyless = await unmatchedHere(tx, this.shadow, resource, { after: null, limit: 100 });
    const keys = keyless.map(({ text, ...of }) => ({ ...of, naturalKey: text }));
    await writeKeys(tx, this.shadow, resource, keys);
    await matchBy(tx, this.shadow, resource, 'naturalKey');
  }
}
