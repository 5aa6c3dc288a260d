import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '../ats/account.js';
import type { Call } from './driving.js';

/** How the ATS reaches the partner, and what it does wrong on the way. */
export interface Connection {
  /** The partner's address for this customer, without a trailing slash. */
  readonly baseUrl: string;
  /** What the partner issued to the customer. */
  readonly partnerKey: string;
  /** Stands in every text that the partner has to drop. */
  readonly canary: string | null;
  /** A key that the partner never issued is sent. */
  readonly wrongKey: boolean;
  /** The signature is made with another secret (Teamtailor). */
  readonly wrongSignature: boolean;
  /** How often each call is sent, all at once. */
  readonly repeats: number;
}

/** A test as the partner named it; the id as it came, a number or text. */
export interface OfferedTest {
  readonly id: string | number;
  readonly name: string;
  /** Teamtailor: the field of the form that offers it. */
  readonly field?: string;
}

/** A customer of an ATS who connected the assessment partner. */
export class Installation {
  readonly id = randomBytes(6).toString('hex');
  readonly companyUuid = randomUUID();
  readonly orders = new Map<string, Order>();
  /** As last listed. */
  tests: readonly OfferedTest[] = [];

  constructor(
    readonly account: Account,
    public connection: Connection,
    /** What the customer filled in when activating the partner (Teamtailor). */
    readonly form: Readonly<Record<string, string>> | null,
  ) {}

  /** What the partner authenticates its callbacks with (Workable). */
  get callbackToken(): string {
    return `callback-token-${this.id}`;
  }

  /** The key that is sent. */
  get sentKey(): string {
    const { partnerKey, wrongKey } = this.connection;
    return wrongKey ? `${partnerKey}-no-more` : partnerKey;
  }
}

/** What a recruiter sees of an assessment in the ATS. */
export interface Shown {
  readonly state: string;
  readonly score: number | string | null;
  readonly url: string | null;
  readonly summary: string | null;
  readonly details: unknown;
}

/** An assessment that a recruiter ordered of the partner. */
export class Order {
  /** As the partner calls it; null until it has said so. */
  partnerId: string | null = null;
  shown: Shown = { state: 'ordered', score: null, url: null, summary: null, details: null };
  /** How often the partner sent something that was taken. */
  updates = 0;
  /** How often what it sent was not. */
  refused = 0;
  /** What it sent last. */
  raw: unknown = null;
  /** What was wrong with what it said last. */
  problems: readonly string[] = [];
  /** As it was sent, to be sent again byte for byte. */
  call: Call | null = null;

  constructor(
    readonly id: string,
    readonly installation: Installation,
    /** Numbers of the account's records. */
    readonly candidate: number,
    readonly application: number | null,
    readonly job: number | null,
    readonly test: string,
  ) {}

  /** Keeps what was shown before of whatever is not told anew. */
  show(told: Partial<Shown>): void {
    this.shown = { ...this.shown, ...told };
  }
}

/** Adds the canary to a text that the partner has to drop. */
export function marked({ connection }: Installation, text: string): string {
  return connection.canary === null ? text : `${text} ${connection.canary}`;
}

/** The same for an address. */
export function markedUrl({ connection }: Installation, url: string): string {
  return connection.canary === null ? url : `${url}?ref=${connection.canary}`;
}
