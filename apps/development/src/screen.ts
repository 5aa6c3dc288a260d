/** Plain lines are repeated no more often than this where nobody can redraw them. */
const PLAIN_EVERY_MS = 2_000;

/** What a person sees: a line that moves on a terminal, now and then a line elsewhere. */
export class Screen {
  private lastPlainAt = 0;
  private isMoving = false;

  constructor(private readonly out: NodeJS.WriteStream = process.stdout) {
    // Whoever read along has left (`npm start | head`): what runs goes on.
    out.on('error', () => undefined);
  }

  say(line: string): void {
    this.settleMoving();
    this.out.write(`${line}\n`);
  }

  /** A line that replaces the one before. */
  update(line: string): void {
    if (this.out.isTTY) {
      this.out.write(`\r\u001b[2K${line.slice(0, this.out.columns)}`);
      this.isMoving = true;
    } else if (performance.now() - this.lastPlainAt > PLAIN_EVERY_MS) {
      this.lastPlainAt = performance.now();
      this.out.write(`${line}\n`);
    }
  }

  /** The line's last state, which stays. */
  settle(line: string): void {
    if (this.isMoving) this.out.write('\r\u001b[2K');
    this.isMoving = false;
    this.out.write(`${line}\n`);
  }

  private settleMoving(): void {
    if (this.isMoving) this.out.write('\n');
    this.isMoving = false;
  }
}
