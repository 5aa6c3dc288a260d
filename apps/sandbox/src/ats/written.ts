import type { Resource } from '#libs/model';
import { remoteIdOf } from '../live/remote-ids.js';
import type { AdvancingClock } from '../clock.js';

/** What was written into an account through the vendor's API. */
export interface Written {
  readonly id: string;
  readonly at: string;
  /** `note`, `custom-field` …: what the vendor calls it. */
  readonly kind: string;
  readonly resource: Resource;
  /** Of the record that it is about. */
  readonly remoteId: string;
  readonly content: unknown;
}

const KEPT = 20_000;

/** Whoever writes a note twice has written two: no ATS has idempotency keys. A field has one value. Bounded. */
export class WrittenLog {
  #entries: Written[] = [];
  #count = 0;

  constructor(private readonly clock: AdvancingClock) {}

  add(kind: string, resource: Resource, index: number, content: unknown): Written {
    this.#count += 1;
    const written = {
      id: String(9_000_000 + this.#count),
      at: this.clock.now().toISOString(),
      kind,
      resource,
      remoteId: remoteIdOf(resource, index),
      content,
    };
    this.#entries.push(written);
    if (this.#entries.length > KEPT * 2) this.#entries = this.#entries.slice(-KEPT);
    return written;
  }

  /** The value of something that has one: `name` tells it from others of the record. */
  set(kind: string, resource: Resource, index: number, name: string, value: unknown): Written {
    const remoteId = remoteIdOf(resource, index);
    const isSame = (written: Written): boolean =>
      written.kind === kind && written.resource === resource && written.remoteId === remoteId && nameIn(written.content) === name;
    const former = this.#entries.find(isSame);
    this.#entries = this.#entries.filter((written) => written !== former);
    const set = this.add(kind, resource, index, { name, value });
    if (former === undefined) return set;
    return this.#replaceLast({ ...set, id: former.id });
  }

  find(kind: string, id: string): Written | undefined {
    return this.#entries.find((written) => written.kind === kind && written.id === id);
  }

  /** Another content in the same place. Undefined: there is no such thing. */
  replace(kind: string, id: string, content: unknown): Written | undefined {
    const former = this.find(kind, id);
    if (former === undefined) return undefined;
    const replaced = { ...former, content };
    this.#entries = this.#entries.map((written) => (written === former ? replaced : written));
    return replaced;
  }

  /** The oldest first. */
  entries(): readonly Written[] {
    return this.#entries.slice(-KEPT);
  }

  #replaceLast(written: Written): Written {
    this.#entries = [...this.#entries.slice(0, -1), written];
    return written;
  }
}

const nameIn = (content: unknown): unknown =>
  typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
