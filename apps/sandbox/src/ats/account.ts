import { randomBytes } from 'node:crypto';
import { Records, type Recipe } from '../live/records.js';
import type { AdvancingClock } from '../clock.js';
import { Counters } from './limits.js';
import { Tokens } from './tokens.js';
import { WrittenLog } from './written.js';

/** How an account differs from a plain one. */
export interface Behaviour {
  /** Stands in every string that the allowlist does not admit. */
  canary: string | null;
  /** Whether the vendor's limits hold. */
  limits: boolean;
  /** Requests per window (or at once, of a bucket) instead of the vendor's; null: the vendor's. */
  most: number | null;
  /** The key's or user's rights: `admin` is what a connector needs, `member` is refused where the vendor refuses, `none` is a wrong key. */
  rights: 'admin' | 'member' | 'none';
  /** Whether the customer lets Alva in on the vendor's page. */
  authorizes: boolean;
  /** Pages that an incremental read may take before the vendor refuses it; null: any number. */
  incrementalPages: number | null;
  webhookUrl: string | null;
  /** How often each webhook is sent. */
  webhookCopies: number;
  webhookSign: 'right' | 'wrong' | 'missing';
}

export const PLAIN: Behaviour = {
  canary: null,
  limits: true,
  most: null,
  rights: 'admin',
  authorizes: true,
  incrementalPages: null,
  webhookUrl: null,
  webhookCopies: 1,
  webhookSign: 'right',
};

export interface SentWebhook {
  readonly type: string;
  readonly at: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null while it is under way, or was not answered. */
  status: number | null;
}

/** A customer of an ATS: what they hold there, and how they let us in. */
export class Account {
  readonly records: Records;
  readonly tokens: Tokens;
  readonly counters: Counters;
  readonly sent: SentWebhook[] = [];
  readonly written: WrittenLog;
  behaviour: Behaviour;

  constructor(
    readonly id: string,
    recipe: Recipe,
    behaviour: Behaviour,
    readonly clock: AdvancingClock,
  ) {
    this.records = new Records(recipe, clock);
    this.tokens = new Tokens(clock);
    this.counters = new Counters(clock);
    this.written = new WrittenLog(clock);
    this.behaviour = behaviour;
  }

  /** The customer's own key. */
  get apiKey(): string {
    return `key-${this.id}`;
  }

  get clientId(): string {
    return `client-${this.id}`;
  }

  get clientSecret(): string {
    return `client-secret-${this.id}`;
  }

  get webhookSecret(): string {
    return `webhook-secret-${this.id}`;
  }
}

export const newAccountId = (): string => randomBytes(6).toString('hex');

/** Adds the account's canary to a text that no allowlist admits. */
export function hidden({ behaviour }: Account, text: string): string {
  return behaviour.canary === null ? text : `${text} ${behaviour.canary}`;
}

/** The same for an address. */
export function hiddenUrl({ behaviour }: Account, url: string): string {
  return behaviour.canary === null ? url : `${url}?ref=${behaviour.canary}`;
}

export function hiddenEmail({ behaviour }: Account, email: string): string {
  return behaviour.canary === null ? email : `${behaviour.canary}.${email}`;
}
