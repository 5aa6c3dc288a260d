import { invalid } from './query.js';

/** The fields of a request's body, each read by its name; refuses with PLATFORM.INPUT_INVALID what is wrong, and what nobody knows. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #known = new Set<string>();

  constructor(
    value: unknown,
    private readonly path = '',
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${path || 'The body'} must be an object`);
    this.#values = { ...value };
  }

  text(name: string, pattern = /^[^]+$/): string {
    const value = this.optionalText(name, pattern);
    if (value === null) throw invalid(`${this.path}${name} is required`);
    return value;
  }

  optionalText(name: string, pattern = /^[^]*$/): string | null {
    const value = this.#take(name);
    if (value === null) return null;
    if (typeof value !== 'string' || !pattern.test(value)) throw invalid(`${this.path}${name} is not valid`);
    return value;
  }

  url(name: string): string | null {
    const value = this.optionalText(name);
    if (value !== null && !URL.canParse(value)) throw invalid(`${this.path}${name} must be a URL`);
    return value;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | null {
    const value = this.#take(name);
    if (value === null) return null;
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw invalid(`${this.path}${name} must be one of ${choices.join(', ')}`);
    return found;
  }

  boolean(name: string): boolean | null {
    const value = this.#take(name);
    if (value !== null && typeof value !== 'boolean') throw invalid(`${this.path}${name} must be a boolean`);
    return value;
  }

  number(name: string): number | null {
    const value = this.#take(name);
    if (value !== null && typeof value !== 'number') throw invalid(`${this.path}${name} must be a number`);
    return value;
  }

  object(name: string): Fields | null {
    const value = this.#take(name);
    return value === null ? null : new Fields(value, `${this.path}${name}.`);
  }

  part(name: string): Fields {
    const part = this.object(name);
    if (part === null) throw invalid(`${this.path}${name} is required`);
    return part;
  }

  list(name: string): readonly Fields[] {
    const value = this.#take(name) ?? [];
    if (!Array.isArray(value)) throw invalid(`${this.path}${name} must be a list`);
    return value.map((item, place) => new Fields(item, `${this.path}${name}.${place}.`));
  }

  /** Objects that are taken as they are. */
  skip(...names: readonly string[]): void {
    for (const name of names) this.object(name);
  }

  /** Call last. */
  end(): void {
    const unknown = Object.keys(this.#values).filter((name) => !this.#known.has(name));
    if (unknown.length > 0) throw invalid(`Unrecognized key ${JSON.stringify(`${this.path}${unknown[0] ?? ''}`)}`);
  }

  #take(name: string): unknown {
    this.#known.add(name);
    return this.#values[name] ?? null;
  }
}

/** Kombo's form of an address (OpenAPI 2026-05-02). */
export const EMAIL = /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@([\da-z][\da-z-]*\.)+[a-z]{2,}$/i;
