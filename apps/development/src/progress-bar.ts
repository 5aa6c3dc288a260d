/** How far a sync run is. */
export interface Progress {
  readonly name: string;
  /** Records that came; those of the newest jobs come twice. */
  readonly read: number;
  /** Records that were not there before. */
  readonly created: number;
  /** What the source holds. */
  readonly total: number;
  readonly pages: number;
  readonly elapsedMs: number;
  /** For how long nothing has come. */
  readonly stillMs: number;
  readonly state: string;
  /** The kind of error that ended it. */
  readonly error: string | null;
}

const WIDTH = 24;
const NAME_WIDTH = 16;
/** Before that a rate says nothing. */
const SETTLED_AFTER_MS = 500;
/** A killed worker's run is taken over by another one some 25 s later. */
const STILL_AFTER_MS = 2_000;
/** A run is not done before it says so. */
const MOST = 0.99;

/** A run as one line: a bar with counts and the rate while it goes on, what came of it at its end. */
export function renderProgress(progress: Progress): string {
  return `  ${progress.name.padEnd(NAME_WIDTH)}${outcomeOf(progress) ?? barOf(progress)}`;
}

function barOf({ read, created, total, pages, elapsedMs, stillMs, state }: Progress): string {
  if (state === 'queued') return `${bar(0)}  waits for the worker`;
  const share = total === 0 ? 0 : Math.min(MOST, created / total);
  const pace =
    stillMs > STILL_AFTER_MS ? ', waits for a worker to go on with it' : elapsedMs < SETTLED_AFTER_MS ? '' : `, ${rateOf(read, elapsedMs)}`;
  return `${bar(share)}  ${grouped(created)} of ${grouped(total)} records, ${grouped(pages)} ${pages === 1 ? 'page' : 'pages'}${pace}`;
}

function outcomeOf({ read, created, elapsedMs, state, error }: Progress): string | null {
  if (state === 'queued' || state === 'running') return null;
  if (state === 'succeeded') return `${bar(1)}  ${grouped(created)} new records in ${seconds(elapsedMs)}, ${rateOf(read, elapsedMs)}`;
  return `the sync ${state === 'cancelled' ? 'was cancelled' : 'failed'}${error === null ? '' : ` (${error})`} after ${grouped(read)} records`;
}

function bar(share: number): string {
  const filled = Math.floor(share * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)} %`;
}

function rateOf(read: number, elapsedMs: number): string {
  return `${grouped(elapsedMs > 0 ? Math.round((read / elapsedMs) * 1000) : 0)} read/s`;
}

function seconds(elapsedMs: number): string {
  return `${(elapsedMs / 1000).toFixed(1)} s`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
