/** In a terminal Ctrl-C reaches us twice: from the terminal, and passed on by npm. What comes this soon is the same one. */
const SAME_WITHIN_MS = 1_000;
const LOOK_FOR_PARENT_MS = 500;

interface Options {
  /** npm runs us: where it is gone there is nobody to serve. */
  readonly startedByNpm: boolean;
  /** For somebody who asks a second time. */
  readonly endAtOnce: () => void;
}

/** Aborts when somebody wants the end: Ctrl-C, a polite kill, a closed terminal, a killed npm. */
export function watchInterruption({ startedByNpm, endAtOnce }: Options): AbortSignal {
  const interruption = new AbortController();
  let firstAtMs = 0;
  const interrupt = () => {
    if (!interruption.signal.aborted) firstAtMs = performance.now();
    else if (performance.now() - firstAtMs > SAME_WITHIN_MS) endAtOnce();
    interruption.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  if (startedByNpm) watchParent(() => interruption.abort());
  return interruption.signal;
}

function watchParent(whenGone: () => void): void {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    whenGone();
  }, LOOK_FOR_PARENT_MS).unref();
}
