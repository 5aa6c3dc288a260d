import { RESOURCES } from '#libs/model';
import fc from 'fast-check';
import type { EntryContent } from './entry.js';
import { day, DISABLED, ENABLED, OBJECTED, signed, terminated } from './ledger.for-spec.js';

const aDay = fc.integer({ min: -6, max: 6 }).map(day);

const aSigned = fc.record({
  documentVersion: fc.constantFrom('v1', 'v2', 'v3'),
  effectiveFrom: aDay,
  covers: fc.record({ read: fc.subarray([...RESOURCES]), write: fc.subarray(['result' as const]) }),
  subProcessors: fc.subarray(['kombo', 'other']),
});

/** Any entry; times within six days of NOW, so that they meet. */
export const anEntry: fc.Arbitrary<EntryContent> = fc.oneof(
  fc.tuple(aSigned, fc.option(aDay)).map(([terms, effectiveTo]) => signed(effectiveTo === null ? terms : { ...terms, effectiveTo })),
  aDay.map(terminated),
  fc.constantFrom(ENABLED, ENABLED, DISABLED, OBJECTED),
);

export const entriesOfALedger = fc.array(anEntry, { maxLength: 8 });
