import fc from 'fast-check';
import { decide, type Decision } from './decision.js';
import type { EntryContent, LedgerEntry } from './entry.js';
import { entriesOfALedger } from './any-ledger.for-spec.js';
import { day, DISABLED, ENABLED, ledger, NOW, OBJECTED, signed, terminated } from './ledger.for-spec.js';
import { readDecision } from './stored-decision.js';

const DAY_MS = 86_400_000;

const after = (from: Date, ms: number): Date => new Date(from.getTime() + ms);

/** A ledger that is open now, so that laws about closing say something. */
const openLedger = entriesOfALedger.map((contents) => [...contents, signed(), ENABLED]);

const isWithin = (narrow: Decision, wide: Decision): boolean =>
  (wide.open || !narrow.open) &&
  narrow.read.every((resource) => wide.read.includes(resource)) &&
  narrow.write.every((outward) => wide.write.includes(outward)) &&
  narrow.subProcessors.every((name) => wide.subProcessors.includes(name));

describe('the decision', () => {
  it('does not change before nextChangeAt, and never again where there is none', () => {
    fc.assert(
      fc.property(entriesOfALedger, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (contents, part) => {
        const entries = ledger(...contents);
        const decision = decide(entries, NOW);
        const spanMs = decision.nextChangeAt === null ? 50 * DAY_MS : decision.nextChangeAt.getTime() - NOW.getTime();
        expect(spanMs).toBeGreaterThan(0);
        expect(decide(entries, after(NOW, Math.floor(part * spanMs)))).toEqual(decision);
        if (decision.nextChangeAt !== null) expect(decide(entries, after(decision.nextChangeAt, -1))).toEqual(decision);
      }),
    );
  });

  it('is reached by walking from change to change: no other moment opens or closes', () => {
    fc.assert(
      fc.property(entriesOfALedger, fc.integer({ min: 0, max: 10 * DAY_MS }), (contents, ms) => {
        const entries = ledger(...contents);
        const then = after(NOW, ms);
        let walked = decide(entries, NOW);
        while (walked.nextChangeAt !== null && walked.nextChangeAt <= then) walked = decide(entries, walked.nextChangeAt);
        expect(decide(entries, then)).toEqual(walked);
      }),
    );
  });

  it('acts at the very moment: in force from effectiveFrom, no longer at effectiveTo', () => {
    const entries = ledger(signed({ effectiveFrom: day(1), effectiveTo: day(2) }), ENABLED);
    const openAt = (time: string, ms: number) => decide(entries, after(new Date(time), ms)).open;
    expect([openAt(day(1), -1), openAt(day(1), 0), openAt(day(2), -1), openAt(day(2), 0)]).toEqual([false, true, true, false]);
  });

  it.each<[string, EntryContent]>([
    ['a termination', terminated(day(-1))],
    ['a termination to come', terminated(day(1))],
    ['a disabling', DISABLED],
    ['an objection', OBJECTED],
  ])('never lets more through for %s', (_, revocation) => {
    fc.assert(
      fc.property(fc.oneof(entriesOfALedger, openLedger), fc.integer({ min: 0, max: 10 * DAY_MS }), (contents, ms) => {
        const then = after(NOW, ms);
        expect(isWithin(decide(ledger(...contents, revocation), then), decide(ledger(...contents), then))).toBe(true);
      }),
    );
  });

  it.each<[string, EntryContent]>([
    ['a termination', terminated(NOW.toISOString())],
    ['a disabling', DISABLED],
  ])('closes an open tenant at once for %s', (_, revocation) => {
    fc.assert(
      fc.property(openLedger, (contents) => {
        expect(decide(ledger(...contents), NOW).open).toBe(true);
        expect(decide(ledger(...contents, revocation), NOW).open).toBe(false);
      }),
    );
  });

  it('depends on seq, not on the order in which the entries come', () => {
    const shuffled = entriesOfALedger.chain((contents) => {
      const entries = ledger(...contents);
      return fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }));
    });
    fc.assert(fc.property(shuffled, ([entries, others]) => expect(decide(others, NOW)).toEqual(decide(entries, NOW))));
  });

  it.each([
    ['an unknown kind', '{"kind": "dpa-suspended"}'],
    ['no content', 'null'],
    ['a time that is none', '{"kind": "dpa-terminated", "endChoice": "delete", "effectiveFrom": "soon"}'],
    ['a condition that is not known', '{"kind": "integration-enabled", "by": "x", "onlyUntil": "2026-01-01T00:00:00Z"}'],
  ])('is closed for good with an entry of %s anywhere in the ledger', (_, json) => {
    fc.assert(
      fc.property(openLedger, fc.nat(20), (contents, place) => {
        const entries = ledger(...contents);
        const foreign: LedgerEntry[] = entries.map((entry, index) =>
          index === place % entries.length ? { ...entry, content: JSON.parse(json) } : entry,
        );
        expect(decide(foreign, NOW)).toMatchObject({
          open: false,
          read: [],
          write: [],
          reasons: ['ledger-not-understood'],
          nextChangeAt: null,
        });
      }),
    );
  });

  it('survives being stored as JSON', () => {
    fc.assert(
      fc.property(entriesOfALedger, (contents) => {
        const decision = decide(ledger(...contents), NOW);
        expect(readDecision(JSON.parse(JSON.stringify(decision)))).toEqual(decision);
      }),
    );
  });

  it('is closed where what was stored is not a whole decision', () => {
    const keys = ['open', 'read', 'write', 'subProcessors', 'reasons', 'refusal', 'documentVersion', 'nextChangeAt'] as const;
    const decision = decide(ledger(signed({ effectiveTo: day(1) }), ENABLED), NOW);
    const foreign = fc.constantFrom<unknown>(undefined, 7, 'yes', {}, ['salary']);
    fc.assert(
      fc.property(fc.constantFrom(...keys), foreign, (key, value) => {
        fc.pre(!(key === 'documentVersion' && value === 'yes') && !(key === 'subProcessors' && Array.isArray(value)));
        expect(readDecision({ ...decision, nextChangeAt: day(1), [key]: value })).toMatchObject({ open: false, read: [], write: [] });
      }),
    );
    expect(readDecision({ ...decision, nextChangeAt: null, refusal: 'integration-disabled' }).open).toBe(false);
    expect([null, 'open', [], true].map((stored) => readDecision(stored).open)).toEqual([false, false, false, false]);
  });
});
