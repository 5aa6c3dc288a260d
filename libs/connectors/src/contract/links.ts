import type { Call } from './call.js';

/** For whom a link is made. */
export interface LinkRequest {
  readonly tenantId: string;
  readonly organizationName: string;
  /** The ATS's key at the source: the customer then need not choose. */
  readonly ats: string;
  /** Of the person who connects; the source keeps it. */
  readonly email: string;
  readonly language: string;
  /** `long`: to be sent by mail. `short`: to be opened at once, within a page of ours. */
  readonly lifetime: 'long' | 'short';
}

export interface CustomerLink {
  readonly url: string;
  /** `connect`: a first connection. `relink`: a repaired login. `setup`: the rest of a flow that was left. */
  readonly purpose: 'connect' | 'relink' | 'setup';
}

/** An account that a customer has connected. */
export interface ConnectedAccount {
  readonly account: string;
  /** What we gave the source when the link was made; null where it has none. */
  readonly tenantId: string | null;
}

export interface LinkPort {
  /** Languages that the source's pages speak, the default first. */
  readonly languages: readonly [string, ...string[]];
  /** The link that this integration needs next. Throws `remote-*`, and `invalid-request` where the source refuses what it is given. */
  create(call: Call, request: LinkRequest): Promise<CustomerLink>;
  /** Whose connection the customer's page has just handed over. Throws `not-found` for a token that is not known (any more). */
  exchange(call: Call, token: string): Promise<ConnectedAccount>;
}
