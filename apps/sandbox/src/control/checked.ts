/** A control request that was not understood; the message says what to send instead. */
export class ControlError extends Error {
  constructor(
    message: string,
    readonly status: 400 | 404 | 409 = 400,
  ) {
    super(message);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the fields of a request's body, each by its name, and refuses what nobody read. */
export class Body {
  readonly #fields: Fields;
  readonly #read = new Set<string>();

  constructor(body: unknown) {
    this.#fields = asObject(body ?? {}, 'the body');
  }

  text(name: string, pattern = /^[^\p{Cc}]{1,200}$/u): string | undefined {
    const value = this.#take(name);
    if (value !== undefined && (typeof value !== 'string' || !pattern.test(value)))
      throw new ControlError(`${name} must be text like ${pattern.source}`);
    return value;
  }

  nullableText(name: string, pattern?: RegExp): string | null | undefined {
    if (this.#fields[name] !== null) return this.text(name, pattern);
    this.#read.add(name);
    return null;
  }

  integer(name: string, least: number, most: number): number | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw new ControlError(`${name} must be a whole number from ${least} to ${most}`);
    }
    return value;
  }

  boolean(name: string): boolean | undefined {
    const value = this.#take(name);
    if (value !== undefined && typeof value !== 'boolean') throw new ControlError(`${name} must be true or false`);
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.#take(name);
    const found = allowed.find((choice) => choice === value);
    if (value !== undefined && found === undefined) throw new ControlError(`${name} must be one of ${allowed.join(', ')}`);
    return found;
  }

  object(name: string): Fields | undefined {
    const value = this.#take(name);
    return value === undefined ? undefined : asObject(value, name);
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.#take(name);
    if (value !== undefined && !Array.isArray(value)) throw new ControlError(`${name} must be a list`);
    return value;
  }

  any(name: string): unknown {
    return this.#take(name);
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  /** All fields, unchecked: for whoever hands them on. */
  rest(): Fields {
    return this.#fields;
  }

  /** Call last: a misspelt name is an error, not a default. */
  end(): void {
    const unread = Object.keys(this.#fields).filter((name) => !this.#read.has(name));
    if (unread.length > 0) throw new ControlError(`unknown: ${unread.join(', ')}; known here: ${[...this.#read].join(', ')}`);
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.#fields[name];
  }
}

/** `?last=50` of a log; all of it without. */
export function readLast(query: unknown): number {
  const body = new Body(query);
  const last = body.text('last', /^[1-9]\d{0,5}$/);
  body.end();
  return Number(last ?? 1_000_000);
}

function asObject(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ControlError(`${name} must be an object`);
  return { ...value };
}
