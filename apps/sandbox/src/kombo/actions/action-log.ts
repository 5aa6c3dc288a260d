import type { KomboCode } from '../kombo-error.js';

/** An action that reached the ATS. */
export interface LoggedAction {
  readonly number: number;
  readonly at: string;
  /** Its id in `write_actions`. */
  readonly action: string;
  readonly resource: string;
  /** Of the record that it was asked for. */
  readonly id: string;
  readonly remoteId: string;
  readonly body: unknown;
  /** The ATS's refusal; null: it was done, or is under way. */
  refusal: KomboCode | null;
}

const KEPT = 10_000;

/** What was done at the ATS through Kombo. Kombo has no idempotency keys: whoever asks twice has done it twice. Bounded. */
export class ActionLog {
  #entries: LoggedAction[] = [];
  #count = 0;

  add(entry: Omit<LoggedAction, 'number' | 'refusal'>): LoggedAction {
    this.#count += 1;
    const logged: LoggedAction = { ...entry, number: this.#count, refusal: null };
    this.#entries.push(logged);
    if (this.#entries.length > KEPT * 2) this.#entries = this.#entries.slice(-KEPT);
    return logged;
  }

  get count(): number {
    return this.#count;
  }

  entries(): readonly LoggedAction[] {
    return this.#entries.slice(-KEPT);
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }
}
