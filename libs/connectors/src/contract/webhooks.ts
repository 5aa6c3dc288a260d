import type { Resource } from '#libs/model';

/** What a webhook makes us look at. It never brings data. */
export type Notice =
  /** Something of these resources has changed. None: it changed nothing that we may hold. */
  | { readonly about: 'data'; readonly resources: readonly Resource[] }
  /** How the link stands, as one of the manifest's conditions, and since when (RFC 3339, UTC). */
  | { readonly about: 'state'; readonly code: string; readonly at: string }
  /** An assessment was ordered: the source wants to know at once whether it can be. */
  | { readonly about: 'order'; readonly packageId: string }
  /** The same, and the candidate waits for an address to go on at. */
  | { readonly about: 'inline-order'; readonly packageId: string; readonly externalId: string }
  /** A customer has connected; `tenantId` is what we gave the source for that. */
  | { readonly about: 'connected'; readonly tenantId: string }
  | { readonly about: 'nothing' };

/** A webhook as far as we read it. */
export interface InboundWebhook {
  /** The source's own id of it, the same when it is sent again; null where it has none that can be kept. */
  readonly id: string | null;
  /** From the source's documented list; `other` for anything else. */
  readonly type: string;
  /** The account that it is about, as the integration's settings name it. */
  readonly account: string | null;
  readonly notice: Notice;
}

/** A body as it came, byte for byte. */
export interface SignedDelivery {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface WebhookPort {
  /** Every type that `read` may name. */
  readonly types: readonly string[];
  /** Whether one of the secrets signed these bytes; in constant time. Never throws. */
  isAuthentic(delivery: SignedDelivery, secrets: readonly string[]): boolean;
  /** What an integration's webhooks may be signed with, of its credentials; left out where the platform's own secret signs them all. */
  readonly secretsOf?: (credentials: Readonly<Record<string, string>>) => readonly string[];
  /** The headers to answer a vendor's set-up call with, which is not signed yet and brings nothing; null for any other call. */
  readonly handshake?: (delivery: SignedDelivery) => Readonly<Record<string, string>> | null;
  /** Takes from a parsed body what a notice needs and nothing else. Never throws: what is not understood is about nothing. */
  read(body: unknown, headers: SignedDelivery['headers']): InboundWebhook;
}
