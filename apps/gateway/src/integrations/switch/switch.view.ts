import type { SwitchRow } from '#libs/store';
import { ROLLBACK_MS } from './cutovers.js';

const iso = (time: Date | null | undefined): string | null => time?.toISOString() ?? null;

const NEXT_STEPS: Readonly<Record<SwitchRow['state'], string | null>> = {
  shadowing: 'Wait for the target to be read; a target that sends its records itself: have it send them all, then POST …/compare.',
  ready: 'Look at the diff, then POST …/cutover.',
  blocked: 'Look at the reasons and the diff: mend them and POST …/compare, or name those that may be so in "accept" of POST …/cutover.',
  failed: 'Look at the error, check the target (POST …/integrations/{id}/check), then ask for a new switch.',
  'cut-over': 'POST …/rollback leads back, until `rollbackUntil`. A target that sends its records itself: have it send them all once more.',
  'rolled-back': null,
  cancelled: null,
};

/** A switch as the platform team sees it. */
export function switchView(row: SwitchRow) {
  const { id, tenantId, state, reason, askedBy, documentVersion, preview, progress, verdict, diff, error, cutOverAt } = row;
  const isReversible = state === 'cut-over' && cutOverAt !== null && cutOverAt !== undefined && typeof row.fromIntegrationId === 'string';
  return {
    id,
    tenantId,
    fromIntegrationId: row.fromIntegrationId ?? null,
    toIntegrationId: row.toIntegrationId,
    state,
    nextStep: NEXT_STEPS[state],
    reason: reason ?? null,
    askedBy,
    askedAt: row.askedAt.toISOString(),
    documentVersion: documentVersion ?? null,
    preview,
    progress,
    verdict: verdict?.verdict ?? null,
    reasons: verdict?.reasons ?? [],
    diff: diff ?? null,
    error: error ?? null,
    comparedAt: iso(row.comparedAt),
    cutOverAt: iso(cutOverAt),
    cutOverBy: row.cutOverBy ?? null,
    accepted: row.accepted ?? [],
    rollbackUntil: isReversible ? new Date(cutOverAt.getTime() + ROLLBACK_MS).toISOString() : null,
    rolledBackAt: iso(row.rolledBackAt),
    rolledBackBy: row.rolledBackBy ?? null,
  };
}

export type SwitchView = ReturnType<typeof switchView>;
