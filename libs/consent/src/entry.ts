import type { Outward, Resource } from '#libs/model';

/** What a signed agreement covers, per direction. */
export interface Covers {
  readonly read: readonly Resource[];
  readonly write: readonly Outward[];
}

/** A data processing agreement (DPA) was signed. Of those that have begun, the one recorded last governs. */
export interface DpaSigned {
  readonly kind: 'dpa-signed';
  readonly documentVersion: string;
  readonly documentSha256?: string;
  readonly signedAt: string;
  readonly effectiveFrom: string;
  /** The first moment at which it is no longer in force. */
  readonly effectiveTo?: string;
  readonly covers: Covers;
  readonly subProcessors: readonly string[];
  /** Who at Alva vouches for the signature. */
  readonly recordedFor: string;
}

/** Ends every agreement that was recorded before it. */
export interface DpaTerminated {
  readonly kind: 'dpa-terminated';
  readonly effectiveFrom: string;
  /** What the customer wants done with the data (GDPR, Art. 28(3)(g)). */
  readonly endChoice: 'delete' | 'return';
}

export interface IntegrationEnabled {
  readonly kind: 'integration-enabled';
  readonly by: string;
}

export interface IntegrationDisabled {
  readonly kind: 'integration-disabled';
  readonly by: string;
}

/** The customer objects to a sub-processor of the agreement; signing again is what ends the objection. */
export interface SubProcessorObjected {
  readonly kind: 'sub-processor-objected';
  readonly subProcessor: string;
}

/** What a ledger entry says. Times are RFC 3339; no entry is ever changed, a later one supersedes it. */
export type EntryContent = DpaSigned | DpaTerminated | IntegrationEnabled | IntegrationDisabled | SubProcessorObjected;

export type EntryKind = EntryContent['kind'];

/** An entry before it is chained. */
export interface NewEntry {
  readonly tenantId: string;
  /** 1, 2, 3 … per tenant, without a gap. */
  readonly seq: number;
  /** In exactly the form of `Date.toISOString()`: the hash is over this text. */
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly content: EntryContent;
}

/** One entry of a tenant's ledger; `hash` binds it to all that went before. */
export interface LedgerEntry extends NewEntry {
  /** Null for the first. */
  readonly previousHash: string | null;
  /** SHA-256, lower-case hexadecimal. */
  readonly hash: string;
}

export type EntryOf<K extends EntryKind> = Extract<EntryContent, { readonly kind: K }> & { readonly seq: number };

/** The entries of one kind, each with its place in the ledger, in the order of the ledger. */
export function entriesOf<K extends EntryKind>(entries: readonly LedgerEntry[], ...kinds: readonly K[]): readonly EntryOf<K>[] {
  const isWanted = (content: EntryContent): content is Extract<EntryContent, { readonly kind: K }> =>
    kinds.some((kind) => kind === content.kind);
  return entries.flatMap(({ seq, content }) => (isWanted(content) ? [{ ...content, seq }] : [])).sort((a, b) => a.seq - b.seq);
}
