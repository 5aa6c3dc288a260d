import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { feedEnd, readFeed, Store, type FeedPosition } from '#libs/store';

/** One look at the end of an index for everybody who waits in this process: some 0.3 ms each. */
const LOOK_MS = 50;

/** Tells whoever waits that something has been added to the feed. Looks only while somebody waits. */
@Injectable()
export class FeedWatch implements BeforeApplicationShutdown {
  private readonly waiting = new Set<() => void>();
  private seen: FeedPosition | null = null;
  private isLooking = false;
  private isOver = false;
  private additions = 0;

  constructor(private readonly store: Store) {}

  /** To be taken before the feed is read, for `next`. */
  get mark(): number {
    return this.additions;
  }

  /** Resolves with an addition since `mark` was taken, after `timeoutMs`, or as the process ends: whichever is first. */
  next(mark: number, timeoutMs: number): Promise<void> {
    if (this.isOver || this.additions !== mark) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.waiting.add(wake);
      if (!this.isLooking) void this.look();
    });
  }

  /** Whether there is time to wait for: not in a process that is to end. */
  get isOpen(): boolean {
    return !this.isOver;
  }

  beforeApplicationShutdown(): void {
    this.isOver = true;
    this.wakeAll();
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    try {
      while (this.waiting.size > 0) {
        // A database that cannot be asked is found by the readers themselves.
        if (await this.hasMore().catch(() => true)) this.tellAll();
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    } finally {
      this.isLooking = false;
      this.seen = null;
    }
  }

  private hasMore(): Promise<boolean> {
    return this.store.inPlatform(async (tx) => {
      if (this.seen === null) {
        this.seen = await feedEnd(tx);
        // What came between the reader's own look and this one.
        return true;
      }
      const { rows, position } = await readFeed(tx, { position: this.seen, limit: 1, tenants: null });
      this.seen = rows.length === 0 ? position : await feedEnd(tx);
      return rows.length > 0;
    });
  }

  private tellAll(): void {
    this.additions++;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const wake of this.waiting) wake();
  }
}
