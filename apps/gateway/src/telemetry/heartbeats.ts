import { Injectable } from '@nestjs/common';
import { systemClock } from '#libs/model';

/** Parts of this process that have to work regularly, and when they last did. By the machine's clock: a test that moves time on does not stop them. */
@Injectable()
export class Heartbeats {
  private readonly parts = new Map<string, { readonly withinMs: number; lastMs: number }>();

  /** From now on `part` beats at least every `withinMs`. */
  expect(part: string, withinMs: number): void {
    this.parts.set(part, { withinMs, lastMs: nowMs() });
  }

  beat(part: string): void {
    const known = this.parts.get(part);
    if (known !== undefined) known.lastMs = nowMs();
  }

  /** Those that should have beaten and have not. */
  late(): string[] {
    return [...this.parts].filter(([, { withinMs, lastMs }]) => nowMs() - lastMs > withinMs).map(([part]) => part);
  }
}

const nowMs = (): number => systemClock.now().getTime();
