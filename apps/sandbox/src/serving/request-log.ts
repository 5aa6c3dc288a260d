export interface LoggedRequest {
  readonly number: number;
  readonly at: string;
  readonly method: string;
  /** Below the API's base path. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Without secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  status: number | null;
}

const KEPT = 10_000;
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** The last requests, so that a test can say what was asked. Bounded. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #count = 0;

  add(entry: Omit<LoggedRequest, 'number' | 'status'>): LoggedRequest {
    this.#count += 1;
    const logged: LoggedRequest = { ...entry, headers: withoutSecrets(entry.headers), number: this.#count, status: null };
    this.#entries.push(logged);
    if (this.#entries.length > KEPT * 2) this.#entries = this.#entries.slice(-KEPT);
    return logged;
  }

  /** Requests since the last `clear`, kept or not. */
  get count(): number {
    return this.#count;
  }

  entries(): readonly LoggedRequest[] {
    return this.#entries.slice(-KEPT);
  }

  /** By path and status. */
  counters(): Record<string, number> {
    const counters: Record<string, number> = {};
    for (const { method, path, status } of this.entries()) {
      const key = `${method} ${path} ${status ?? 'none'}`;
      counters[key] = (counters[key] ?? 0) + 1;
    }
    return counters;
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.has(name) ? '(secret)' : value]));
}
