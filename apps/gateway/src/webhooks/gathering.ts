import type { Clock } from '#libs/model';
import { GatewayError } from '#libs/model';

interface Waiting<Item> {
  readonly item: Item;
  readonly until: number;
  readonly done: (error: GatewayError | null) => void;
}

interface GatheringOptions<Item> {
  /** Commits all of them or none. May be repeated with the same ones: a commit's answer can be lost. */
  readonly commit: (items: readonly Item[]) => Promise<void>;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Per commit. */
  readonly most: number;
  /** More than these are not let in. */
  readonly mostWaiting: number;
  /** While the database is away, what came in waits this long for it to come back. */
  readonly patienceMs: number;
}

const RETRY_MS = 250;

/**
 * Gathers what comes in while a commit is under way into the next one: a commit costs a write to the disk, whatever it holds. Nobody is
 * answered before their own has been committed. While the database cannot be reached everybody waits, since whoever sent it may not send again.
 */
export class Gathering<Item> {
  private waiting: Waiting<Item>[] = [];
  private working: Promise<void> | null = null;

  constructor(private readonly options: GatheringOptions<Item>) {}

  /** Resolves once it is committed. Throws `rate-limited` where too many wait, and what the commit threw. */
  add(item: Item): Promise<void> {
    const { clock, mostWaiting, patienceMs } = this.options;
    if (this.waiting.length >= mostWaiting) throw new GatewayError('rate-limited', { retry: { when: 'later', afterMs: 1000 } });
    return new Promise((resolve, reject) => {
      const until = clock.now().getTime() + patienceMs;
      this.waiting.push({ item, until, done: (error) => (error === null ? resolve() : reject(error)) });
      this.working ??= this.work().finally(() => (this.working = null));
    });
  }

  /** Resolves once nothing waits any more. */
  async settled(): Promise<void> {
    while (this.working !== null) await this.working;
  }

  private async work(): Promise<void> {
    // Whoever arrives in the same turn of the event loop shares the first commit.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.options.most);
      const error = await this.tryCommit(batch);
      if (error === null) for (const { done } of batch) done(null);
      else await this.handleFailure(batch, error);
    }
  }

  private async tryCommit(batch: readonly Waiting<Item>[]): Promise<GatewayError | null> {
    try {
      await this.options.commit(batch.map(({ item }) => item));
      return null;
    } catch (error) {
      return error instanceof GatewayError ? error : new GatewayError('internal');
    }
  }

  /** What may pass is tried again together, until patience ends; anything else one by one, so that no item fails for another's sake. */
  private async handleFailure(batch: Waiting<Item>[], error: GatewayError): Promise<void> {
    if (error.retry.when === 'never') {
      for (const one of batch) one.done(batch.length === 1 ? error : await this.tryCommit([one]));
      return;
    }
    const now = this.options.clock.now().getTime();
    for (const late of batch.filter(({ until }) => until <= now)) late.done(error);
    this.waiting = [...batch.filter(({ until }) => until > now), ...this.waiting];
    await this.options.sleep(RETRY_MS);
  }
}
