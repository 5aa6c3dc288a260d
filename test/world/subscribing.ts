import { randomUUID } from 'node:crypto';
import type { Api } from './api.js';
import { noteChanges, type Change } from './changes.js';
import { Receiver } from './receiver.js';
import { rowsIn } from './rows.js';
import { ok, until } from './tenant.js';
import type { World } from './world.js';

/** One tenant's events, and whoever subscribes to them. */
export class Subscribing {
  private readonly receivers: Receiver[] = [];

  private constructor(
    private readonly world: World,
    private readonly api: Api,
    readonly tenantId: string,
  ) {}

  static async create(world: World, api: Api): Promise<Subscribing> {
    const tenantId = randomUUID();
    ok(await api.put(`/platform/v1/tenants/${tenantId}`, { name: 'Test' }));
    return new Subscribing(world, api, tenantId);
  }

  async receiver(): Promise<Receiver> {
    const receiver = await Receiver.start();
    this.receivers.push(receiver);
    return receiver;
  }

  /** To all events of the tenant, unless told otherwise. */
  async to(receiver: Receiver, body: object = {}) {
    return ok(await this.api.post('/v1/subscriptions', { url: receiver.url, types: ['*'], tenantIds: [this.tenantId], ...body })).body;
  }

  /** Notes changes in one transaction; the ids of their events. */
  note(...changes: readonly Partial<Change>[]): Promise<readonly string[]> {
    return noteChanges(
      this.world.database,
      changes.map((change) => ({ tenantId: this.tenantId, ...change })),
    );
  }

  /** So many changes of as many records. */
  noteMany = (count: number): Promise<readonly string[]> => this.note(...Array.from({ length: count }, () => ({})));

  /** Waits until a subscription is in a state. */
  inState(id: string, state: string) {
    return until(async () => {
      const { body } = await this.api.get(`/v1/subscriptions/${id}`);
      return body.state === state ? body : null;
    });
  }

  /** Lets what waits after a failure be due now, and what a dead worker held be free. */
  async hurry(): Promise<void> {
    await rowsIn(this.world.database, `update subscription set due_at = now() - interval '1 second' where failures > 0`);
  }

  async end(): Promise<void> {
    for (const { id } of await this.api.all('/v1/subscriptions')) await this.api.delete(`/v1/subscriptions/${id}`);
    await Promise.all(this.receivers.splice(0).map((receiver) => receiver.stop()));
  }
}

/** Waits until all of these have been posted. */
export const arrived = (receiver: Receiver, ids: readonly string[], timeoutMs?: number) =>
  until(async () => {
    const there = new Set(receiver.ids());
    return ids.every((id) => there.has(id)) ? receiver.received : null;
  }, timeoutMs);
