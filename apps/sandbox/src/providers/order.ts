import type { Installation } from './installation.js';
import type { Call } from './driving.js';

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

/** An order as the control API tells of it. */
export function orderView({ id, partnerId, shown, updates, refused, raw, problems, candidate, application, test }: Order) {
  return { orderId: id, partnerId, ...shown, updates, refused, raw, problems, candidate, application, test };
}
