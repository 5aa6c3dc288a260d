import type { Law } from './law.js';
import { ALLOWLIST } from './laws/allowlist.js';
import { CHANGES } from './laws/changes.js';
import { FAILURES } from './laws/failures.js';
import { PAGING } from './laws/paging.js';
import { RESULTS } from './laws/results.js';
import { TOLERANCE } from './laws/tolerance.js';
import { WEBHOOKS } from './laws/webhooks.js';

/** What every connector owes, whatever it connects to. */
export const LAWS: readonly Law[] = [...PAGING, ...CHANGES, ...ALLOWLIST, ...TOLERANCE, ...FAILURES, ...WEBHOOKS, ...RESULTS];
