import { createHash } from 'node:crypto';
import { GatewayError } from '#libs/model';
import type { LedgerEntry, NewEntry } from './entry.js';
import { isEntryContent } from './understood.js';

/** JSON with the keys sorted at every depth: jsonb does not keep their order, and the hash must not depend on it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

function hashOf({ tenantId, seq, recordedAt, recordedBy, content }: NewEntry, previousHash: string | null): string {
  return createHash('sha256').update(canonical({ tenantId, seq, recordedAt, recordedBy, content, previousHash })).digest('hex');
}

const follows = (entry: NewEntry, previous: LedgerEntry | null): boolean =>
  previous === null ? entry.seq === 1 : entry.seq === previous.seq + 1 && entry.tenantId === previous.tenantId;

/**
 * Chains an entry to the tenant's last one (null for the first): SHA-256 over its canonical JSON and the hash before it. Throws
 * `invalid-request` where the content is not understood (it would close the tenant for good), `conflict` where `seq` is not the next one.
 */
export function chainEntry(entry: NewEntry, previous: LedgerEntry | null): LedgerEntry {
  if (!isEntryContent(entry.content)) {
    throw new GatewayError('invalid-request', { detail: 'Send one of the documented kinds of consent entry, with exactly its keys.' });
  }
  if (!follows(entry, previous)) {
    throw new GatewayError('conflict', {
      context: { seq: entry.seq },
      detail: 'Another entry was recorded meanwhile: read the ledger anew.',
    });
  }
  const { tenantId, seq, recordedAt, recordedBy, content } = entry;
  const previousHash = previous?.hash ?? null;
  return { tenantId, seq, recordedAt, recordedBy, content, previousHash, hash: hashOf(entry, previousHash) };
}

/** `seq`: the first place in the ledger at which it is not as it was recorded. */
export type ChainState = { readonly intact: true } | { readonly intact: false; readonly seq: number };

/**
 * Whether a tenant's whole ledger, in its order, is as it was recorded. Notices what was altered, removed or moved; a cut tail it cannot see,
 * which is why the latest hash is exported.
 */
export function verifyChain(entries: readonly LedgerEntry[]): ChainState {
  let previous: LedgerEntry | null = null;
  for (const entry of entries) {
    const previousHash: string | null = previous?.hash ?? null;
    const isIntact = follows(entry, previous) && entry.previousHash === previousHash && entry.hash === hashOf(entry, previousHash);
    if (!isIntact) return { intact: false, seq: (previous?.seq ?? 0) + 1 };
    previous = entry;
  }
  return { intact: true };
}
