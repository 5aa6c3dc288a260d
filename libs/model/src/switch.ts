import type { Identified } from './resources.js';

/**
 * Of a switch: the target is being read into a shadow; it was compared and may be cut over, or not without more ado; the read has failed; the target is the
 * active integration; the former one is again; it was given up.
 */
export const SWITCH_STATES = ['shadowing', 'ready', 'blocked', 'failed', 'cut-over', 'rolled-back', 'cancelled'] as const;
export type SwitchState = (typeof SWITCH_STATES)[number];

/** What changes for the tenant's readers and results, by what the two connectors declare. */
export interface SwitchPreview {
  readonly fields: { readonly lost: readonly string[]; readonly gained: readonly string[] };
  readonly capabilities: { readonly lost: readonly string[]; readonly gained: readonly string[] };
}

/** By which rule a record of the target was found to be one of ours. `known`: the integration had brought it before. */
export const MATCH_RULES = ['remoteId', 'known', 'naturalKey'] as const;
export type MatchRule = (typeof MATCH_RULES)[number];

/** A count with the first ids of ours. */
export interface Sample {
  readonly count: number;
  readonly ids: readonly string[];
}

export interface FieldDiff {
  readonly equal: number;
  readonly different: Sample;
}

export interface ResourceDiff {
  readonly here: number;
  readonly there: number;
  readonly matched: Readonly<Record<MatchRule, number>>;
  readonly onlyHere: Sample;
  /** Ids are the target's: there are none of ours. */
  readonly onlyThere: Sample;
  /** Of the target's, those that more than one of ours may be, or that share one of ours with another; ids as for `onlyThere`. */
  readonly ambiguous: Sample;
  readonly fields: Readonly<Record<string, FieldDiff>>;
}

export type SwitchDiff = Readonly<Record<Identified, ResourceDiff>>;

/** `ready` where nothing speaks against it. */
export interface SwitchVerdict {
  readonly verdict: 'ready' | 'blocked';
  /** From a closed list; each may be accepted by name. */
  readonly reasons: readonly string[];
}
