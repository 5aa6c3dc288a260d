import { chainEntry } from './chain.js';
import type { DpaSigned, EntryContent, LedgerEntry } from './entry.js';

export const NOW = new Date('2026-11-22T12:00:00.000Z');

/** Noon of the day that is so many days after NOW, as an entry writes it. */
export const day = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();

export const signed = (changes: Partial<DpaSigned> = {}): DpaSigned => ({
  kind: 'dpa-signed',
  documentVersion: 'v1',
  signedAt: day(-400),
  effectiveFrom: day(-400),
  covers: { read: ['user', 'job', 'application', 'candidate'], write: ['result'] },
  subProcessors: ['kombo'],
  recordedFor: 'legal',
  ...changes,
});

export const ENABLED: EntryContent = { kind: 'integration-enabled', by: 'customer' };
export const DISABLED: EntryContent = { kind: 'integration-disabled', by: 'customer' };
export const OBJECTED: EntryContent = { kind: 'sub-processor-objected', subProcessor: 'kombo' };
export const terminated = (effectiveFrom: string): EntryContent => ({ kind: 'dpa-terminated', effectiveFrom, endChoice: 'delete' });

/** A tenant's ledger with these entries, in this order. */
export function ledger(...contents: readonly EntryContent[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const content of contents) {
    const entry = { tenantId: 'tenant', seq: entries.length + 1, recordedAt: day(-500), recordedBy: 'platform', content };
    entries.push(chainEntry(entry, entries.at(-1) ?? null));
  }
  return entries;
}
