import { Injectable } from '@nestjs/common';
import { feedEnd, readFeed, Store, type FeedPage, type FeedPosition } from '#libs/store';
import { FeedWatch } from './feed-watch.js';

const PAGE_ROWS = 200;

/** Pages that several subscriptions may want at once. */
const REMEMBERED = 16;

/** The watch looks for somebody who has stopped waiting no longer than this. */
const WAITED_MS = 30_000;

/** A page, and the snapshot up to which it was read. */
interface TailPage extends FeedPage {
  readonly until: string;
}

/**
 * The feed as one process reads it for all its subscriptions: those that have seen everything stand at the same place and share each look and each
 * read. Nobody announces an addition: a NOTIFY in each transaction that writes changes would let those commit one at a time.
 */
@Injectable()
export class FeedTail {
  private readonly pages = new Map<string, Promise<FeedPage>>();
  private snapshot = '';
  private mark = 0;
  private last: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly watch: FeedWatch,
  ) {}

  /**
   * Looks where the feed ends now. Whoever brings a position from elsewhere asks for it first: up to where the feed is read must not lie before it.
   * One look after the other, so that a snapshot never takes the place of a newer one; all that ask before the next one begins share it.
   */
  fresh(): Promise<void> {
    this.next ??= this.last
      .catch(() => undefined)
      .then(() => {
        this.next = null;
        this.last = this.look();
        return this.last;
      });
    return this.next;
  }

  /** Resolves when there may be more than is complete in this snapshot, or when the signal aborts. */
  async beyond(snapshot: string, signal: AbortSignal): Promise<void> {
    while (this.snapshot === snapshot && !signal.aborted) {
      await this.waited(signal);
      if (!signal.aborted) await this.fresh();
    }
  }

  async read(position: FeedPosition): Promise<TailPage> {
    const until = position.until ?? this.snapshot;
    const key = `${position.after} ${until} ${position.seq}`;
    const page = this.pages.get(key) ?? this.remember(key, { ...position, until });
    return { ...(await page), until };
  }

  private waited(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
      if (this.watch.isOpen) void this.watch.next(this.mark, WAITED_MS).then(wake);
    });
  }

  private async look(): Promise<void> {
    const { mark } = this.watch;
    this.snapshot = (await this.store.inPlatform(feedEnd)).after;
    this.mark = mark;
  }

  private remember(key: string, position: FeedPosition): Promise<FeedPage> {
    const page = this.store.inPlatform((tx) => readFeed(tx, { position, limit: PAGE_ROWS, tenants: null }));
    this.pages.set(key, page);
    page.catch(() => this.pages.delete(key));
    const [oldest] = this.pages.keys();
    if (this.pages.size > REMEMBERED && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }
}
