import type { Resource } from '#libs/model';
import type { Account } from './account.js';
import type { Exchange } from './exchange.js';
import type { Limit, Standing } from './limits.js';
import type { Refusal } from './refusal.js';
import type { Lifetimes } from './tokens.js';

export { Refusal } from './refusal.js';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A page of a list: what a fault may do to its items is done before it is wrapped. */
export interface ListAnswer {
  readonly headers?: Readonly<Record<string, string>>;
  readonly items: readonly unknown[];
  /** The records' numbers, in the same order; for lists of records alone. */
  readonly indexes?: readonly number[];
  readonly wrap: (items: readonly unknown[]) => unknown;
}

export type Route = (exchange: Exchange) => Answer | ListAnswer;

/** Something that happened in an account. */
export interface Happening {
  readonly resource: Resource;
  readonly index: number;
  readonly what: 'created' | 'updated' | 'moved' | 'deleted';
}

/** A webhook as it is sent: the vendor signs it. */
export interface Delivery {
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Vendor {
  readonly slug: string;
  readonly name: string;
  /** What an integration of ours is given to reach the account; `url` is the vendor's base address here. */
  readonly connection: (account: Account, url: string) => { readonly settings: object; readonly credentials: object };
  /** Whose credentials the request carries. Undefined: nobody's. */
  readonly accountOf: (exchange: Omit<Exchange, 'account'>) => Account | undefined;
  readonly limits: readonly Limit[];
  /** The headers in which the vendor tells how the limit stands; with `Retry-After` where it does. */
  readonly limitHeaders: (standing: Standing, nowMs: number, isRefused: boolean) => Readonly<Record<string, string>>;
  /** A refusal in the vendor's own form. */
  readonly refusal: (refusal: Refusal) => Answer;
  /** `GET /v3/jobs`, below the vendor's base address. */
  readonly routes: Readonly<Record<string, Route>>;
  readonly oauth?: {
    readonly authorizePath: string;
    readonly tokenPath: string;
    readonly clientAuth: 'basic' | 'form';
    readonly grants: readonly ('client_credentials' | 'authorization_code')[];
    readonly expiry: 'expires_at' | 'expires_in';
    readonly lifetimes: Lifetimes;
  };
  /** What the vendor sends when something happens; none: it has no webhook for it. `secret` is what to sign with. */
  readonly webhooks: (account: Account, happening: Happening, secret: string) => readonly Delivery[];
}
