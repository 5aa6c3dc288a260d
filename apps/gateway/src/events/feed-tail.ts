import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { feedEnd, readFeed, Store, type FeedPage, type FeedPosition } from '#libs/store';
import { Looking } from '../background/looking.js';
import { Log, whereOf } from '../log/log.js';

/** How soon a commit is noticed: half of it on average. One look costs a snapshot, no table. */
const LOOK_MS = 50;

export const PAGE_ROWS = 200;

/** Pages that several subscriptions may want at once. */
const REMEMBERED = 16;

/** A page, and the snapshot that it was read under. */
export interface TailPage extends FeedPage {
  readonly until: string;
}

/**
 * The feed as one process reads it for all its subscriptions. Those that have seen everything stand at the same place and share each read. Whether
 * there is anything new is asked for as often as `LOOK_MS` says, while somebody waits: the writers of changes announce nothing, as a NOTIFY in each of their
 * transactions would let them commit one at a time.
 */
@Injectable()
export class FeedTail implements BeforeApplicationShutdown {
  private readonly looking = new Looking(() => this.look());
  private readonly waiting = new Set<() => void>();
  private readonly pages = new Map<string, Promise<FeedPage>>();
  private newest: Promise<string> = Promise.resolve('');
  private snapshot = '';
  private isFailing = false;

  constructor(
    private readonly store: Store,
    private readonly log: Log,
  ) {}

  start(): void {
    this.looking.start(LOOK_MS);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.looking.stop();
  }

  /** Looks now. Whoever brings a position from elsewhere asks for it first: the place up to which the feed is read must not lie before it. */
  fresh(): Promise<string> {
    // One after the other, so that a snapshot never takes the place of a newer one.
    this.newest = this.newest
      .catch(() => '')
      .then(() => this.store.inPlatform(feedEnd))
      .then(({ after }) => this.seen(after));
    return this.newest;
  }

  /** Resolves when there may be something that is not complete in this snapshot, or when the signal aborts. */
  async beyond(snapshot: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.snapshot !== snapshot) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  async read(position: FeedPosition): Promise<TailPage> {
    const until = position.until ?? this.snapshot;
    const key = `${position.after} ${until} ${position.seq}`;
    const page = this.pages.get(key) ?? this.remember(key, { ...position, until });
    return { ...(await page), until };
  }

  private remember(key: string, position: FeedPosition): Promise<FeedPage> {
    const page = this.store.inPlatform((tx) => readFeed(tx, { position, limit: PAGE_ROWS, tenants: null }));
    this.pages.set(key, page);
    page.catch(() => this.pages.delete(key));
    const [oldest] = this.pages.keys();
    if (this.pages.size > REMEMBERED && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }

  private seen(snapshot: string): string {
    if (snapshot !== this.snapshot) {
      this.snapshot = snapshot;
      for (const wake of this.waiting) wake();
    }
    return snapshot;
  }

  private async look(): Promise<boolean> {
    if (this.waiting.size === 0) return false;
    try {
      await this.fresh();
      this.isFailing = false;
    } catch (error) {
      // A database that is away is told of once, not twenty times a second.
      if (!this.isFailing) this.log.write('error', { event: 'subscription-failed', step: 'look', kind: 'internal', ...whereOf(error) });
      this.isFailing = true;
    }
    return false;
  }
}
