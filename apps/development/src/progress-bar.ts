/** How far a first sync is. */
export interface Progress {
  readonly name: string;
  readonly read: number;
  readonly total: number;
  readonly elapsedMs: number;
  readonly state: string;
}

const WIDTH = 30;

/** One line: a bar, counts and the rate. */
export function renderProgress({ name, read, total, elapsedMs, state }: Progress): string {
  const share = total === 0 ? 1 : Math.min(1, read / total);
  const filled = Math.round(share * WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  const rate = elapsedMs > 0 ? Math.round((read / elapsedMs) * 1000) : 0;
  return `  ${name.padEnd(16)} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${read} of ${total} records, ${rate}/s  ${state}`;
}
