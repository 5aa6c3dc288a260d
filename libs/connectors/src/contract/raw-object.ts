/** Why a field, or with it its record, cannot be taken. */
export interface Fault {
  readonly reason: 'field-malformed' | 'too-large';
  /** Documented name, dotted below the record: `stages.name`. */
  readonly field: string;
}

const LONGEST_TEXT = 1_000;
const MOST_OBJECTS = 5_000;
const EXTERNAL_ID = /^[\x21-\x7e]{1,200}$/;
/** The year 10000: RFC 3339 has no later one. */
const LATEST_MS = 253_402_300_800_000;
const RFC_3339 = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a value names a record: any non-empty string of at most 200 printable ASCII characters. */
export const isExternalId = (value: unknown): value is string => typeof value === 'string' && EXTERNAL_ID.test(value);

/** An object of parsed JSON; not a list, not null. */
export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own key's value; undefined where it is absent or inherited. */
export function own(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
}

/**
 * Reads fields of hostile JSON by their names. It never throws: null or absent is null, a wrong type is null and noted in `faults`, so that a
 * mapper can read all it needs and then ask once whether the record is sound.
 */
export class RawObject {
  constructor(
    private readonly content: object,
    readonly faults: Fault[] = [],
    private readonly prefix = '',
  ) {}

  /** At most 1,000 characters. An empty text says no more than null. What PostgreSQL refuses (NUL, half a surrogate pair) is taken out. */
  text(name: string): string | null {
    const value = this.#string(name);
    if (value === null) return null;
    if (value.length > LONGEST_TEXT) return this.#fault(name, 'too-large');
    const clean = value.includes('\u0000') ? value.replaceAll('\u0000', '') : value;
    return clean.toWellFormed() || null;
  }

  /** RFC 3339 in UTC, with milliseconds. */
  time(name: string): string | null {
    const value = this.#string(name);
    if (value === null) return null;
    const at = RFC_3339.test(value) ? new Date(value) : null;
    return at === null || Number.isNaN(at.getTime()) ? this.#fault(name) : at.toISOString();
  }

  /** The external id of another record. */
  reference(name: string): string | null {
    const value = own(this.content, name) ?? null;
    return value === null || isExternalId(value) ? value : this.#fault(name);
  }

  /** The external id of a part that has to have one. */
  id(name: string): string {
    return this.reference(name) ?? this.#fault(name) ?? '';
  }

  /** The external id of another record where the source counts them: a whole number, which JSON holds exactly up to 2⁵³; or a text as in `reference`. */
  numberedReference(name: string): string | null {
    const value = own(this.content, name) ?? null;
    if (typeof value !== 'number') return this.reference(name);
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : this.#fault(name);
  }

  /** External ids of other records, in either form; null or absent is none. What is no id is a fault. */
  references(name: string): readonly string[] {
    const value = own(this.content, name) ?? [];
    if (!Array.isArray(value)) return this.#fault(name) ?? [];
    if (value.length > MOST_OBJECTS) return this.#fault(name, 'too-large') ?? [];
    return value.map((_, index) => this.#below(name, { id: value[index] as unknown }).numberedReference('id') ?? '');
  }

  /** RFC 3339 in UTC, from milliseconds since 1970. */
  milliseconds(name: string): string | null {
    const value = own(this.content, name) ?? null;
    if (value === null) return null;
    const isTime = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < LATEST_MS;
    return isTime ? new Date(value).toISOString() : this.#fault(name);
  }

  truth(name: string): boolean | null {
    const value = own(this.content, name) ?? null;
    return value === null || typeof value === 'boolean' ? value : this.#fault(name);
  }

  /** Texts as in `text`, without those that say nothing; null or absent is none. */
  texts(name: string): readonly string[] {
    const value = own(this.content, name) ?? [];
    if (!Array.isArray(value)) return this.#fault(name) ?? [];
    if (value.length > MOST_OBJECTS) return this.#fault(name, 'too-large') ?? [];
    return value.flatMap((_, index) => this.#below(name, { text: value[index] as unknown }).text('text') ?? []);
  }

  /** A 32-bit whole number. */
  whole(name: string): number | null {
    const value = own(this.content, name) ?? null;
    if (value === null) return null;
    return typeof value === 'number' && value === Math.trunc(value) && Math.abs(value) < 2 ** 31 ? value : this.#fault(name);
  }

  object(name: string): RawObject | null {
    const value = own(this.content, name) ?? null;
    if (value === null) return null;
    return isObject(value) ? this.#below(name, value) : this.#fault(name);
  }

  /** A list of objects; null or absent is an empty one. */
  objects(name: string): readonly RawObject[] {
    const value = own(this.content, name) ?? [];
    if (!Array.isArray(value) || !value.every(isObject)) return this.#fault(name) ?? [];
    if (value.length > MOST_OBJECTS) return this.#fault(name, 'too-large') ?? [];
    return value.map((part) => this.#below(name, part));
  }

  #string(name: string): string | null {
    const value = own(this.content, name) ?? null;
    return value === null || typeof value === 'string' ? value : this.#fault(name);
  }

  #below(name: string, content: object): RawObject {
    return new RawObject(content, this.faults, `${this.prefix}${name}.`);
  }

  #fault(name: string, reason: Fault['reason'] = 'field-malformed'): null {
    this.faults.push({ reason, field: `${this.prefix}${name}` });
    return null;
  }
}
