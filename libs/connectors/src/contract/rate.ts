/** Why a call is made: `notice` answers to something that happened (a webhook, a person), `poll` looks whether something did, or reads all. */
export type Urgency = 'notice' | 'poll';

/** Whose calls a limit counts together: all that use Alva's own key at the source, or one tenant's integration. */
export type RateScope = 'platform-key' | 'integration';

interface Counted {
  /** Names the limit among those of its connector; kept with what is counted, so it does not change. */
  readonly name: string;
  readonly scope: RateScope;
  /** `writes`: every method but GET. */
  readonly counts: 'requests' | 'writes';
}

/** At most `most` requests from a window's first to its end; what the source's headers say about both goes before. */
export interface FixedWindow extends Counted {
  readonly kind: 'fixed-window';
  readonly most: number;
  readonly windowMs: number;
  readonly headers: RateHeaders | null;
}

/** `most` requests at once, and after that as many a second as `perSecond` says. */
export interface TokenBucket extends Counted {
  readonly kind: 'token-bucket';
  readonly most: number;
  readonly perSecond: number;
}

/** At most `most` requests that have not been answered yet. */
export interface Concurrency extends Counted {
  readonly kind: 'concurrency';
  readonly most: number;
}

/** One limit of a source, as data; all processes together keep it. */
export type RateLimit = FixedWindow | TokenBucket | Concurrency;

/** The names of the headers, in small letters, in which a source tells how its window stands. */
export interface RateHeaders {
  readonly limit: string;
  readonly remaining: string;
  /** The seconds until the window ends. */
  readonly reset: string;
}
