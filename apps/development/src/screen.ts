/** Where nobody can redraw a line, moving lines are repeated no more often than this. */
const PLAIN_EVERY_MS = 2_000;

/** The part of a terminal, or of a file, that is written to. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a person sees. Lines that move are redrawn in place on a terminal, and repeated now and then elsewhere. */
export class Screen {
  private moving = 0;
  private plainAtMs = -Infinity;

  constructor(private readonly out: Output) {}

  say(text: string): void {
    this.moving = 0;
    this.out.write(`${text}\n`);
  }

  /** One thing that stands now. */
  done(what: string, text: string): void {
    this.say(`  ✓ ${what.padEnd(12)}${text}`);
  }

  /** Lines that take the place of those of the call before. */
  move(lines: readonly string[]): void {
    if (this.out.isTTY === true) {
      this.redraw(lines);
    } else if (performance.now() - this.plainAtMs >= PLAIN_EVERY_MS) {
      this.plainAtMs = performance.now();
      this.say(lines.join('\n'));
    }
  }

  /** As they stay. */
  settle(lines: readonly string[]): void {
    if (this.out.isTTY === true) this.redraw(lines);
    else this.say(lines.join('\n'));
    this.moving = 0;
    this.plainAtMs = -Infinity;
  }

  private redraw(lines: readonly string[]): void {
    const up = this.moving === 0 ? '' : `\u001b[${this.moving}A`;
    const width = this.out.columns ?? Infinity;
    // A line that wraps would take two rows, and the way up would be wrong.
    this.out.write(`${up}${lines.map((line) => `\u001b[2K${line.slice(0, width)}\n`).join('')}`);
    this.moving = lines.length;
  }
}
