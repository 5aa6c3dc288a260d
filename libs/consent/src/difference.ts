import type { Decision } from './decision.js';

/** What a decision lets flow, as names that can be compared. */
const flowsOf = ({ open, read, write, subProcessors }: Decision): ReadonlySet<string> =>
  new Set(
    open
      ? [...read.map((name) => `read ${name}`), ...write.map((name) => `write ${name}`), ...subProcessors.map((name) => `by ${name}`)]
      : [],
  );

/** Whether a decision lets flow what the one before did not, and whether it stops what that one let flow. */
export function differenceOf(before: Decision, now: Decision): { readonly grants: boolean; readonly revokes: boolean } {
  const [former, current] = [flowsOf(before), flowsOf(now)];
  const adds = (more: ReadonlySet<string>, than: ReadonlySet<string>) => [...more].some((name) => !than.has(name));
  return { grants: adds(current, former), revokes: adds(former, current) };
}
