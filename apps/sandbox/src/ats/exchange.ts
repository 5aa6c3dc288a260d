import type { FastifyRequest } from 'fastify';
import { keysOf, pathParam } from '../request-parts.js';
import type { Account } from './account.js';
import type { AdvancingClock } from '../clock.js';
import { Refusal } from './refusal.js';

/** The parameters of a request, each read by its name. What nobody reads is refused in the end: a misspelt one would else be a default. */
export class Parameters {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();

  constructor(
    given: unknown,
    private readonly status: number,
  ) {
    this.#values = keysOf(given);
  }

  text(name: string, pattern = /^[^]{1,500}$/): string | undefined {
    this.#read.add(name);
    const value = this.#values[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || !pattern.test(value)) throw this.refused(name);
    return value;
  }

  texts(name: string): readonly string[] {
    this.#read.add(name);
    const value = this.#values[name];
    if (value === undefined) return [];
    return [value].flat().map(String);
  }

  /** Parts between commas; undefined where it is not there. */
  parts(name: string, most: number): readonly string[] | undefined {
    const parts = this.text(name, /^[^]{1,8000}$/)?.split(',');
    if (parts !== undefined && parts.length > most) throw this.refused(name);
    return parts;
  }

  whole(name: string, least: number, most: number): number | undefined {
    this.#read.add(name);
    const value = this.#values[name];
    if (value === undefined) return undefined;
    const number = typeof value === 'number' || (typeof value === 'string' && /^\d{1,15}$/.test(value)) ? Number(value) : Number.NaN;
    if (!(Number.isInteger(number) && number >= least && number <= most)) throw this.refused(name);
    return number;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    this.#read.add(name);
    const value = this.#values[name];
    const found = choices.find((choice) => choice === value);
    if (value !== undefined && found === undefined) throw this.refused(name);
    return found;
  }

  /** Milliseconds of an ISO 8601 time. */
  time(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(ms)) throw this.refused(name);
    return ms;
  }

  /** Whatever value, for RPC bodies. */
  any(name: string): unknown {
    this.#read.add(name);
    return this.#values[name];
  }

  get names(): readonly string[] {
    return Object.keys(this.#values);
  }

  end(): void {
    const unread = Object.keys(this.#values).find((name) => !this.#read.has(name));
    if (unread !== undefined) throw this.refused(unread);
  }

  refused(name: string): Refusal {
    return new Refusal(this.status, 'invalid_parameter', `The parameter ${name} is not valid`);
  }
}

/** What a route has to work with. */
export interface Exchange {
  /** The vendor's accounts and time. */
  readonly ats: { readonly clock: AdvancingClock; accountWith(matches: (account: Account) => boolean): Account | undefined };
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly query: Parameters;
  /** A JSON body's keys. */
  readonly body: Parameters;
  /** A fault: the cursor that was sent comes again. */
  readonly loops: boolean;
}

export const param = ({ request }: Pick<Exchange, 'request'>, name: string): string => pathParam(request, name);

export function header({ request }: Pick<Exchange, 'request'>, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The user of HTTP Basic, where the password is empty: as vendors take keys. */
export function basicUser(exchange: Pick<Exchange, 'request'>): string | undefined {
  const [user, password] = basicPair(exchange) ?? [];
  return password === '' ? user : undefined;
}

export function basicPair(exchange: Pick<Exchange, 'request'>): readonly [string, string] | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header(exchange, 'authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return [user, rest.join(':')];
}

export const bearer = (exchange: Pick<Exchange, 'request'>): string | undefined =>
  /^Bearer (\S+)$/.exec(header(exchange, 'authorization') ?? '')?.[1];
