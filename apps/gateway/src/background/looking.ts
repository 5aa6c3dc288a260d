/** Looks for work again and again: at regular intervals once started, and at once when told. In one process one look at a time. */
export class Looking {
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> | null = null;
  private again = false;
  private isStopped = false;

  /** `work` resolves to whether there may be more to do at once. It does not throw. */
  constructor(private readonly work: () => Promise<boolean>) {}

  start(everyMs: number): void {
    this.timer = setInterval(() => this.look(), everyMs);
    this.look();
  }

  get isStarted(): boolean {
    return this.timer !== undefined;
  }

  /** Looks now; once more afterwards where it is at it already. */
  look(): void {
    if (this.isStopped) return;
    this.again = true;
    this.current ??= this.run().finally(() => (this.current = null));
  }

  /** Ends with the look that goes on. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    this.isStopped = true;
    this.again = false;
    await this.current;
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      if ((await this.work()) && !this.isStopped) this.again = true;
    }
  }
}
