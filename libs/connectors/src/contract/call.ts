/** One request to the source. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the source's base address. */
  readonly path: string;
  /** A list is sent as the same parameter again and again. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, instead of `body`. */
  readonly form?: Readonly<Record<string, string>>;
  /** The call changes nothing at the source, whatever its method: it may be sent again after an answer that was lost. By default a GET. */
  readonly isRead?: boolean;
}

/** An answer of any status: what it means is the connector's to say. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined where it is none. Hostile until checked: read keys with `Object.hasOwn`, `__proto__` may be one. */
  readonly json: unknown;
  /** What `Retry-After` asks for in either form, clamped; null where it is missing or unreadable. */
  readonly retryAfterMs: number | null;
}

/** How a connector tells one HTTP answer from another, so that the client knows what to do with it. */
export type Verdict =
  | { readonly outcome: 'ok' }
  | { readonly outcome: 'failed'; readonly error: Error }
  /** Worth another try within this call, at the earliest after `afterMs`. `exceeded`: the name of the manifest's limit that it was too much for. */
  | { readonly outcome: 'retry'; readonly error: Error; readonly afterMs?: number; readonly exceeded?: string };

export interface HttpClient {
  /**
   * Sends the request, again where `judge` says that it is worth it, each attempt only while consent admits it.
   * Throws `remote-unavailable` where no answer came, `remote-invalid-response` where it was cut, too large or no JSON on a success,
   * the consent kinds where an attempt was not admitted, and what `judge` returned.
   */
  send(request: HttpRequest, judge: (answer: HttpAnswer) => Verdict): Promise<HttpAnswer>;
}

/** What a connector is given for every call. */
export interface Call {
  readonly settings: Readonly<Record<string, string>>;
  /** The tenant's own, opened for this call. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Alva's own credentials at the source, from the environment (Kombo's API key). */
  readonly platformKey: string | null;
  /** A token for a source with OAuth (`manifest.oauth`). Throws `remote-auth-failed` where there is none to be had without the customer. */
  readonly accessToken: () => Promise<string>;
  readonly http: HttpClient;
  /** Aborted when the run that the call is for has to stop. */
  readonly signal: AbortSignal;
}
