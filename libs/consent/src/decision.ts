import { type ConsentKind, type Outward, OUTWARD, type Resource, RESOURCES } from '#libs/model';
import { agreementAt, nextChangeAfter } from './agreement.js';
import { type EntryOf, entriesOf, type LedgerEntry } from './entry.js';
import type { Reason } from './reasons.js';
import { isEntryContent } from './understood.js';

/** What a tenant's ledger says at one moment. */
export interface Decision {
  /** Whether data may move at all: an agreement is in force and the customer has the integration enabled. */
  readonly open: boolean;
  /** What may be read, sent and by whom it may be processed; empty while not open. */
  readonly read: readonly Resource[];
  readonly write: readonly Outward[];
  readonly subProcessors: readonly string[];
  /** Why it is not open, the cause of `refusal` first; objections also while it is. */
  readonly reasons: readonly Reason[];
  /** Null while open. */
  readonly refusal: ConsentKind | null;
  /** Of the agreement that governs, in force or not. */
  readonly documentVersion: string | null;
  /** The earliest moment at which time alone may change the decision. It holds until then, unless an entry is added. */
  readonly nextChangeAt: Date | null;
}

const NOTHING = { open: false, read: [], write: [], subProcessors: [] } as const;

/** Closed, because what is recorded cannot be read for certain. */
export const NOT_UNDERSTOOD: Decision = {
  ...NOTHING,
  reasons: ['ledger-not-understood'],
  refusal: 'consent-missing',
  documentVersion: null,
  nextChangeAt: null,
};

function whyNotEnabled(entries: readonly LedgerEntry[]): readonly Reason[] {
  const last = entriesOf(entries, 'integration-enabled', 'integration-disabled').at(-1);
  if (last === undefined) return ['integration-never-enabled'];
  return last.kind === 'integration-disabled' ? ['integration-disabled'] : [];
}

function objectedTo(entries: readonly LedgerEntry[], agreement: EntryOf<'dpa-signed'> | null): ReadonlySet<string> {
  if (agreement === null) return new Set();
  const objections = entriesOf(entries, 'sub-processor-objected').filter(({ seq }) => seq > agreement.seq);
  return new Set(objections.map(({ subProcessor }) => subProcessor).filter((name) => agreement.subProcessors.includes(name)));
}

function flowsOf(agreement: EntryOf<'dpa-signed'>, objected: ReadonlySet<string>) {
  return {
    open: true,
    read: RESOURCES.filter((resource) => agreement.covers.read.includes(resource)),
    write: OUTWARD.filter((outward) => agreement.covers.write.includes(outward)),
    subProcessors: [...new Set(agreement.subProcessors)].filter((name) => !objected.has(name)),
  };
}

function refusalOf(agreementReasons: readonly Reason[], enablingReasons: readonly Reason[]): ConsentKind | null {
  if (agreementReasons.length > 0) return 'consent-missing';
  return enablingReasons.length > 0 ? 'integration-disabled' : null;
}

/**
 * What a tenant's ledger says at `now`: which agreement governs, whether it is in force, whether the integration is enabled. Takes all of the
 * tenant's entries, in any order. An entry that is not understood closes the tenant.
 */
export function decide(entries: readonly LedgerEntry[], now: Date): Decision {
  if (!entries.every(({ content }) => isEntryContent(content))) return NOT_UNDERSTOOD;
  const { governing, reasons: agreementReasons } = agreementAt(entries, now);
  const enablingReasons = whyNotEnabled(entries);
  const objected = objectedTo(entries, governing);
  const refusal = refusalOf(agreementReasons, enablingReasons);
  return {
    ...(governing !== null && refusal === null ? flowsOf(governing, objected) : NOTHING),
    reasons: [...agreementReasons, ...enablingReasons, ...(objected.size > 0 ? (['sub-processor-objected'] as const) : [])],
    refusal,
    documentVersion: governing?.documentVersion ?? null,
    nextChangeAt: nextChangeAfter(entries, now),
  };
}
