import { type EntryOf, entriesOf, type LedgerEntry } from './entry.js';
import type { Reason } from './reasons.js';

export interface AgreementState {
  /** The agreement that governs now, in force or not. */
  readonly governing: EntryOf<'dpa-signed'> | null;
  /** Why it is not in force; none where it is. */
  readonly reasons: readonly Reason[];
}

const hasCome = (time: string, now: Date): boolean => Date.parse(time) <= now.getTime();

/** Which agreement governs at a moment: of those that have begun, the one recorded last. */
export function agreementAt(entries: readonly LedgerEntry[], now: Date): AgreementState {
  const signed = entriesOf(entries, 'dpa-signed');
  const governing = signed.findLast(({ effectiveFrom }) => hasCome(effectiveFrom, now)) ?? null;
  if (governing === null) return { governing, reasons: [signed.length === 0 ? 'dpa-never-signed' : 'dpa-not-yet-effective'] };

  const reasons: Reason[] = [];
  if (governing.effectiveTo !== undefined && hasCome(governing.effectiveTo, now)) reasons.push('dpa-expired');
  const isTerminated = entriesOf(entries, 'dpa-terminated').some(
    ({ seq, effectiveFrom }) => seq > governing.seq && hasCome(effectiveFrom, now),
  );
  if (isTerminated) reasons.push('dpa-terminated');
  return { governing, reasons };
}

/** The earliest moment after `now` at which time alone may change which agreement is in force; null where there is none. */
export function nextChangeAfter(entries: readonly LedgerEntry[], now: Date): Date | null {
  const times = entriesOf(entries, 'dpa-signed', 'dpa-terminated').flatMap((entry) =>
    entry.kind === 'dpa-signed' && entry.effectiveTo !== undefined ? [entry.effectiveFrom, entry.effectiveTo] : [entry.effectiveFrom],
  );
  const ahead = times.map((time) => Date.parse(time)).filter((timeMs) => timeMs > now.getTime());
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}
