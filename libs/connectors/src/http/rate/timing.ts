import { performance } from 'node:perf_hooks';

/** Time within this process, for waiting; what processes share is told by PostgreSQL's clock. */
export interface Timing {
  /** Never goes back. */
  readonly nowMs: () => number;
  /** Runs something later; gives what prevents it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const processTiming: Timing = {
  nowMs: () => performance.now(),
  after: (ms, run) => {
    const timeout = setTimeout(run, ms);
    return () => clearTimeout(timeout);
  },
};
