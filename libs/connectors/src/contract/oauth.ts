/** A grant of OAuth 2.0 (RFC 6749) as data; one engine speaks it for every connector. */
export interface OAuth {
  /** `client-credentials`: with the customer's own client. `authorization-code`: the customer lets ours in, in their browser. */
  readonly grants: readonly ['client-credentials' | 'authorization-code', ...('client-credentials' | 'authorization-code')[]];
  readonly tokenUrl: (settings: Readonly<Record<string, string>>) => string;
  /** Null where no grant needs the customer's browser. */
  readonly authorizeUrl: ((settings: Readonly<Record<string, string>>) => string) | null;
  /** How the client names itself to the token endpoint. */
  readonly clientAuth: 'basic' | 'form';
  readonly scopes: readonly string[];
  /** Parameters that this source wants besides (an audience, a subject), by the integration's settings. */
  readonly extra: {
    readonly authorize: Readonly<Record<string, string>>;
    readonly token: (settings: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  };
  /** How long a token lasts where its answer does not say. */
  readonly defaultLifetimeMs: number;
}
