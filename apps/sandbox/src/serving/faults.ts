export const MALFORMATIONS = [
  'wrong-types',
  'missing-id',
  'bad-id',
  'not-an-object',
  'null',
  'nul-character',
  'lone-surrogate',
  'prototype-key',
  'too-large',
  'too-deep',
] as const;
export type Malformation = (typeof MALFORMATIONS)[number];

/** What goes wrong with an answer. */
export type Failure =
  | { readonly kind: 'error'; readonly status: number; readonly code: string | null; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'drop' | 'cut' | 'broken-json' | 'loop' | 'unknown-keys' | 'unknown-enums' }
  | { readonly kind: 'huge'; readonly bytes: number }
  /** `record`: its number; null for the first of the page. */
  | { readonly kind: 'malformed'; readonly as: Malformation; readonly record: number | null };

export interface Fault {
  readonly id: number;
  /** Below `/kombo/v1`, with `*` for any one part; null for every path. */
  readonly path: string | null;
  /** Null for every integration. */
  readonly integrationId: string | null;
  readonly failure: Failure;
  /** The request is served first, and its answer is lost: what was asked for has been done. */
  readonly late: boolean;
  /** Matching requests that are let through first. */
  skip: number;
  /** Matching requests that it still befalls; null until it is removed. */
  times: number | null;
}

/** A failure that befalls a request. */
export type Befalling = Failure & { readonly late: boolean };

/** Faults in waiting. Each request takes all that match it. */
export class Faults {
  #faults: Fault[] = [];
  #lastId = 0;

  add(fault: Omit<Fault, 'id'>): Fault {
    this.#lastId += 1;
    const added = { ...fault, id: this.#lastId };
    this.#faults.push(added);
    return added;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  remove(id: number): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }

  take(path: string, integrationId: string | null): Befalling[] {
    const befalling = this.#faults.filter((fault) => isFor(fault, path, integrationId)).filter(befalls);
    this.#faults = this.#faults.filter(({ times }) => times !== 0);
    return befalling.map(({ failure, late }) => ({ ...failure, late }));
  }
}

function isFor(fault: Fault, path: string, integrationId: string | null): boolean {
  return (fault.path === null || isOn(fault.path, path)) && (fault.integrationId === null || fault.integrationId === integrationId);
}

function isOn(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  return parts.length === wanted.length && wanted.every((part, place) => part === '*' || part === parts[place]);
}

function befalls(fault: Fault): boolean {
  if (fault.skip > 0) {
    fault.skip -= 1;
    return false;
  }
  if (fault.times !== null) fault.times -= 1;
  return true;
}
