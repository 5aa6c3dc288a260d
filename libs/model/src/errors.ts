/** Every way in which the gateway fails on purpose. One table in `apps/gateway/src/http` maps a kind to a status and a log level. */
export const ERROR_KINDS = [
  'invalid-request',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'idempotency-key-reused',
  'rate-limited',
  'consent-missing',
  'consent-does-not-cover',
  'integration-disabled',
  'remote-auth-failed',
  'remote-forbidden',
  'remote-rate-limited',
  'remote-unavailable',
  'remote-invalid-response',
  'unsupported',
  'config-invalid',
  'internal',
] as const;

export type ErrorKind = (typeof ERROR_KINDS)[number];

/** `never`: the same call fails again. `later`: it may succeed after a wait (`afterMs` where the source named one). */
export type Retry = { readonly when: 'never' } | { readonly when: 'later'; readonly afterMs?: number };

/** Ids, counts and codes from closed lists only: never a value of a record, SQL text or an upstream's words. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

interface Options {
  readonly retry?: Retry;
  readonly context?: ErrorContext;
  /** One sentence that names the next step, in our own words. */
  readonly detail?: string;
}

/** The one error class. Its message is its kind (and `detail`): it can be logged and shown as it is. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly kind: ErrorKind;
  readonly retry: Retry;
  readonly context: ErrorContext;
  readonly detail: string | undefined;

  constructor(kind: ErrorKind, options: Options = {}) {
    super(options.detail === undefined ? kind : `${kind}: ${options.detail}`);
    this.kind = kind;
    this.retry = options.retry ?? { when: 'never' };
    this.context = options.context ?? {};
    this.detail = options.detail;
  }
}

/** The kinds that mean "no data may move for this tenant now". */
export const CONSENT_KINDS = ['consent-missing', 'consent-does-not-cover', 'integration-disabled'] as const satisfies readonly ErrorKind[];
export type ConsentKind = (typeof CONSENT_KINDS)[number];

export function isConsentKind(kind: ErrorKind): kind is ConsentKind {
  return CONSENT_KINDS.some((consentKind) => consentKind === kind);
}
