export { differenceOf } from './difference.js';
export { chainEntry, type ChainState, verifyChain } from './chain.js';
export { decide, type Decision } from './decision.js';
export type {
  Covers,
  DpaSigned,
  DpaTerminated,
  EntryContent,
  EntryKind,
  IntegrationDisabled,
  IntegrationEnabled,
  LedgerEntry,
  NewEntry,
  SubProcessorObjected,
} from './entry.js';
export { isGrant, type Grant, type GrantContent, type JobScope, type Purpose } from './grant.js';
export { grantFor, type GrantOutcome, type GrantRequest, type Narrowing, type Refused, requireResource } from './grant-for.js';
export { REASONS, type Reason } from './reasons.js';
export { readDecision } from './stored-decision.js';
export { isEntryContent } from './understood.js';
