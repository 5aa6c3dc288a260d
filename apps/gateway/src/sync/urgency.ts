import type { Urgency } from '#libs/connectors';
import type { SyncMode } from '#libs/store';

interface Why {
  readonly mode: SyncMode;
  readonly cause: string;
}

/**
 * A delta that a webhook or a person asked for goes before everything else. A full run never does, whoever asked for it: its many pages would
 * keep others from the freshness that they were promised.
 */
export const urgencyOf = ({ mode, cause }: Why): Urgency =>
  mode === 'delta' && (cause === 'webhook' || cause === 'person') ? 'notice' : 'poll';
