import type { Call, ResultChannel, ResultPort, ResultReceipt, ResultTarget } from '#libs/connectors';
import { GatewayError, type ResultContent } from '#libs/model';
import type { ClaimedDelivery, Stored } from '#libs/store';
import type { Leave } from '../pipeline/leave.js';

/** What an attempt works with. */
export interface Prepared {
  readonly leave: Leave;
  readonly content: ResultContent;
  readonly receipt: Stored['receipt'];
  readonly integrationId: string;
  readonly channels: ReturnType<ResultPort['channelsFor']>;
  readonly call: Call;
  readonly target: ResultTarget;
}

/** An earlier attempt may have arrived, and only a person can tell. */
export class InDoubt extends GatewayError {
  constructor() {
    super('remote-unavailable', { detail: 'an attempt was made and nobody knows whether it arrived; look into the ATS' });
  }
}

/** What one attempt knows of itself: whether anything was sent, and whether that or an earlier one may have arrived. */
export class Attempt {
  /** By which something may have been written. */
  #doubtful: string | null;
  #channel: ResultChannel | null = null;
  #sent = false;
  #isMarked = false;
  #orderId: string | null = null;

  constructor(private readonly delivery: ClaimedDelivery) {
    this.#doubtful = delivery.inDoubt ? delivery.channel : null;
  }

  /** The order that the result completes. */
  get orderId(): string | null {
    return this.#orderId;
  }

  answers(orderId: string | null): void {
    this.#orderId = orderId;
  }

  get number(): number {
    return this.delivery.attempt;
  }

  get giveUpAt(): Date {
    return new Date(this.delivery.giveUpAt);
  }

  /**
   * Decides on an earlier attempt of unknown end: the receipt where it arrived, null where it is to be written (again). Throws `InDoubt` where only a
   * person can tell, also where another integration or channel has come into force since.
   */
  async resolve(channels: readonly ResultChannel[], call: Call, target: ResultTarget, marker: string): Promise<ResultReceipt | null> {
    if (!this.delivery.inDoubt) return null;
    const channel = channels.find(({ name }) => name === this.delivery.channel);
    if (channel === undefined || channel.inDoubt === 'park') throw new InDoubt();
    const found = channel.inDoubt === 'ask' ? ((await channel.find?.(call, target, marker)) ?? null) : null;
    this.#doubtful = null;
    return found;
  }

  begin(channel: ResultChannel): void {
    this.#channel = channel;
    this.#sent = false;
    this.#isMarked = false;
  }

  /** The channel by which something is about to be sent, where the outbox does not say so yet. */
  get unmarked(): ResultChannel | null {
    return this.#isMarked ? null : this.#channel;
  }

  marked(): void {
    this.#isMarked = this.#channel !== null;
  }

  sending(): void {
    if (this.#channel !== null) this.#sent = true;
  }

  /** Whether the failure says that nothing was written by this attempt. */
  isSurelyNotApplied(error: GatewayError): boolean {
    return !this.#sent || error.context['applied'] === 'no';
  }

  /** Whether something may stand in the ATS that nobody knows of; `park`: only a person can tell. */
  doubtAfter(error: GatewayError): 'none' | 'resolvable' | 'park' {
    if (this.#doubtful !== null) return error instanceof InDoubt ? 'park' : 'resolvable';
    if (this.#channel === null || this.isSurelyNotApplied(error)) return 'none';
    return this.#channel.inDoubt === 'park' ? 'park' : 'resolvable';
  }
}
