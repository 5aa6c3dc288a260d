import type { ApplicationFacts } from '../../live/facts.js';
import type { StageSpec } from '../../live/table.js';

/** Where somebody stands: one of the statuses that every customer has, and the customer's own word within it. */
export interface Standing {
  readonly status: string;
  readonly subStatus: string | null;
}

/** As of the candidates API (SmartRecruiters API reference, 2026). */
export const CANDIDATE_STATUSES = [
  ...['LEAD', 'NEW', 'IN_REVIEW', 'INTERVIEW', 'OFFERED', 'HIRED', 'REJECTED', 'WITHDRAWN', 'TRANSFERRED'],
] as const;

const DIVIDED = ['IN_REVIEW', 'INTERVIEW', 'OFFERED'] as const;

const STATUS_OF: Readonly<Record<string, string>> = {
  Applied: 'NEW',
  Interview: 'INTERVIEW',
  'Second interview': 'INTERVIEW',
  'Reference check': 'INTERVIEW',
  Offer: 'OFFERED',
};

/** A stage of the sandbox as SmartRecruiters has it: who has just applied is NEW and nothing more. */
export function standingIn(stage: string): Standing {
  const status = STATUS_OF[stage] ?? 'IN_REVIEW';
  return { status, subStatus: status === 'NEW' ? null : stage };
}

/** Who is hired or rejected has no stage any more; who stands nowhere has not applied. */
export function standingOf({ outcome, stage }: ApplicationFacts): Standing {
  if (outcome !== 'pending') return { status: outcome.toUpperCase(), subStatus: null };
  return stage === null ? { status: 'LEAD', subStatus: null } : standingIn(stage.name);
}

/** The customer's words, by the status that they divide. */
export function subStatusesOf(stages: readonly StageSpec[]): Readonly<Record<string, readonly string[]>> {
  const words = stages.map(({ name }) => standingIn(name));
  return Object.fromEntries(
    DIVIDED.map((status) => [status, words.flatMap((word) => (word.status === status && word.subStatus !== null ? [word.subStatus] : []))]),
  );
}
