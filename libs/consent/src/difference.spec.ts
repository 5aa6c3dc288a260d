import fc from 'fast-check';
import { OUTWARD, RESOURCES } from '#libs/model';
import { entriesOfALedger } from './any-ledger.for-spec.js';
import { decide, NOT_UNDERSTOOD, type Decision } from './decision.js';
import { differenceOf } from './difference.js';
import { DISABLED, ENABLED, ledger, NOW, signed } from './ledger.for-spec.js';

const NEITHER = { grants: false, revokes: false };

const aDecision: fc.Arbitrary<Decision> = fc
  .record({
    open: fc.boolean(),
    read: fc.subarray([...RESOURCES]),
    write: fc.subarray([...OUTWARD]),
    subProcessors: fc.subarray(['kombo', 'other']),
  })
  .map((flows) => ({ ...NOT_UNDERSTOOD, ...flows }));

/** A decision, and one that lets flow the same or less. */
const aNarrowing = aDecision.chain((wide) =>
  fc
    .record({
      read: fc.subarray([...wide.read]),
      write: fc.subarray([...wide.write]),
      subProcessors: fc.subarray([...wide.subProcessors]),
      open: wide.open ? fc.boolean() : fc.constant(false),
    })
    .map((flows): readonly [Decision, Decision] => [wide, { ...wide, ...flows }]),
);

test('what decides the same neither grants nor revokes, whatever else of it has changed', () => {
  fc.assert(
    fc.property(aDecision, (decision) => {
      const told = { ...decision, documentVersion: 'v9', nextChangeAt: NOW, reasons: ['sub-processor-objected'] as const };
      expect(differenceOf(decision, told)).toEqual(NEITHER);
    }),
  );
});

test('to let less flow never grants, to let more flow never revokes', () => {
  fc.assert(
    fc.property(aNarrowing, ([wide, narrow]) => {
      expect(differenceOf(wide, narrow).grants).toBe(false);
      expect(differenceOf(narrow, wide).revokes).toBe(false);
    }),
  );
});

test('what one way grants the other way revokes', () => {
  fc.assert(
    fc.property(aDecision, aDecision, (one, other) => {
      const [there, back] = [differenceOf(one, other), differenceOf(other, one)];
      expect(back).toEqual({ grants: there.revokes, revokes: there.grants });
    }),
  );
});

test('where neither is said, the same flows', () => {
  const flowsOf = ({ open, read, write, subProcessors }: Decision) =>
    open ? [read.toSorted(), write.toSorted(), subProcessors.toSorted()] : [[], [], []];
  fc.assert(
    fc.property(aDecision, aDecision, (one, other) => {
      const { grants, revokes } = differenceOf(one, other);
      // An agreement that names nothing at all is as good as none.
      expect(grants || revokes).toBe(JSON.stringify(flowsOf(one)) !== JSON.stringify(flowsOf(other)));
    }),
  );
});

test('to disable revokes and to enable again grants, where an agreement lets anything flow', () => {
  fc.assert(
    fc.property(entriesOfALedger, (contents) => {
      const enabled = decide(ledger(...contents, signed(), ENABLED), NOW);
      const disabled = decide(ledger(...contents, signed(), ENABLED, DISABLED), NOW);
      expect(differenceOf(enabled, disabled)).toEqual({ grants: false, revokes: true });
      expect(differenceOf(disabled, enabled)).toEqual({ grants: true, revokes: false });
    }),
  );
});

test('one resource instead of another both grants and revokes', () => {
  const open = { ...NOT_UNDERSTOOD, open: true };
  expect(differenceOf({ ...open, read: ['job'] }, { ...open, read: ['user'] })).toEqual({ grants: true, revokes: true });
});
