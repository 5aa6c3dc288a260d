import fc from 'fast-check';
import { chainEntry, verifyChain } from './chain.js';
import type { LedgerEntry } from './entry.js';
import { anEntry, entriesOfALedger } from './any-ledger.for-spec.js';
import { DISABLED, ENABLED, ledger, NOW, signed } from './ledger.for-spec.js';

/** A ledger and a place in it. */
const ledgerAndPlace = fc
  .array(anEntry, { minLength: 2, maxLength: 8 })
  .chain((contents) => fc.tuple(fc.constant(ledger(...contents)), fc.nat(contents.length - 1)));

const withReversedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withReversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, withReversedKeys(member)]),
  );
};

const reread = (entry: LedgerEntry): LedgerEntry => JSON.parse(JSON.stringify(withReversedKeys(entry)));

describe('the ledger’s chain', () => {
  it('is intact as recorded, whatever order the keys come back in', () => {
    fc.assert(
      fc.property(entriesOfALedger, (contents) => {
        expect(verifyChain(ledger(...contents).map(reread))).toEqual({ intact: true });
      }),
    );
  });

  it('has the hash that anyone can recompute from its canonical JSON', () => {
    const [entry] = ledger({ kind: 'integration-enabled', by: 'å' });
    // sha256sum of {"content":{"by":"å","kind":"integration-enabled"},"previousHash":null,"recordedAt":"2025-07-10T12:00:00.000Z",
    // "recordedBy":"platform","seq":1,"tenantId":"tenant"} without the line break
    expect(entry?.hash).toBe('59bf11471e1183992fafeb8890eaba5ff5097da6efb6a0b8d7b29f6746d7a67c');
  });

  it('notices an altered entry', () => {
    const alterations = [
      (entry: LedgerEntry) => ({ ...entry, tenantId: 'other' }),
      (entry: LedgerEntry) => ({ ...entry, seq: entry.seq + 1 }),
      (entry: LedgerEntry) => ({ ...entry, recordedAt: NOW.toISOString() }),
      (entry: LedgerEntry) => ({ ...entry, recordedBy: 'someone else' }),
      (entry: LedgerEntry) => ({ ...entry, content: signed({ documentVersion: 'altered' }) }),
      (entry: LedgerEntry) => ({ ...entry, previousHash: '0'.repeat(64) }),
      (entry: LedgerEntry) => ({ ...entry, hash: '0'.repeat(64) }),
    ];
    fc.assert(
      fc.property(ledgerAndPlace, fc.constantFrom(...alterations), ([entries, place], alter) => {
        const altered = entries.map((entry, index) => (index === place ? alter(entry) : entry));
        expect(verifyChain(altered)).toEqual({ intact: false, seq: place + 1 });
      }),
    );
  });

  it('notices an altered entry whose own hash was computed anew', () => {
    const [first, second, third] = ledger(signed(), ENABLED, DISABLED);
    if (first === undefined || second === undefined || third === undefined) throw new Error('no ledger');
    const forged = chainEntry({ ...second, recordedBy: 'someone else' }, first);
    expect(verifyChain([first, forged, third])).toEqual({ intact: false, seq: 3 });
  });

  it('notices an entry of another tenant that was chained on', () => {
    const [first, second] = ledger(signed(), ENABLED);
    if (first === undefined || second === undefined) throw new Error('no ledger');
    const foreign = chainEntry({ ...second, tenantId: 'other' }, { ...first, tenantId: 'other' });
    expect(verifyChain([first, foreign])).toEqual({ intact: false, seq: 2 });
  });

  it('notices a removed entry, unless it is the last', () => {
    fc.assert(
      fc.property(ledgerAndPlace, ([entries, place]) => {
        const isLast = place === entries.length - 1;
        expect(verifyChain(entries.toSpliced(place, 1))).toEqual(isLast ? { intact: true } : { intact: false, seq: place + 1 });
      }),
    );
  });

  it('notices two entries that were swapped', () => {
    fc.assert(
      fc.property(ledgerAndPlace, fc.nat(7), ([entries, place], other) => {
        const [a, b] = [place, other % entries.length].sort((x, y) => x - y);
        fc.pre(a !== undefined && b !== undefined && a !== b);
        const swapped = entries.map((entry, index) => (index === a ? entries[b] : index === b ? entries[a] : entry) ?? entry);
        expect(verifyChain(swapped)).toEqual({ intact: false, seq: a + 1 });
      }),
    );
  });

  it('takes no entry out of its place', () => {
    const [first] = ledger(ENABLED);
    if (first === undefined) throw new Error('no ledger');
    expect(() => chainEntry({ ...first, seq: 2 }, null)).toThrow('conflict');
    expect(() => chainEntry({ ...first, seq: 3 }, first)).toThrow('conflict');
    expect(() => chainEntry({ ...first, seq: 2, tenantId: 'other' }, first)).toThrow('conflict');
  });

  it.each([
    ['an unknown kind', '{"kind": "dpa-suspended"}'],
    ['a kind named like a built-in property', '{"kind": "constructor"}'],
    ['a missing key', '{"kind": "integration-enabled"}'],
    ['an extra key', '{"kind": "integration-enabled", "by": "x", "note": "y"}'],
    ['a date without a time', '{"kind": "dpa-terminated", "endChoice": "delete", "effectiveFrom": "2026-11-22"}'],
    ['a time without an offset', '{"kind": "dpa-terminated", "endChoice": "delete", "effectiveFrom": "2026-11-22T12:00:00"}'],
    ['a text that PostgreSQL cannot hold', '{"kind": "integration-enabled", "by": "\\u0000"}'],
    ['half a surrogate pair', '{"kind": "integration-enabled", "by": "\\ud800"}'],
    ['an unknown resource', JSON.stringify({ ...signed(), covers: { read: ['salary'], write: [] } })],
    ['an extra key of what it covers', JSON.stringify({ ...signed(), covers: { read: [], write: [], except: ['job'] } })],
  ])('takes no entry with %s: it would close the tenant for good', (_, json) => {
    expect(() =>
      chainEntry({ tenantId: 't', seq: 1, recordedAt: NOW.toISOString(), recordedBy: 'p', content: JSON.parse(json) }, null),
    ).toThrow('invalid-request');
  });
});
