import type { Grant } from '#libs/consent';
import type { FieldName, IntegrationState, RemoteRecord, Resource } from '#libs/model';
import type { Call } from './call.js';
import type { LinkPort } from './links.js';
import type { OAuth } from './oauth.js';
import type { OrderPort } from './orders.js';
import type { RateLimit } from './rate.js';
import type { ResultPort } from './results.js';
import type { WebhookPort } from './webhooks.js';

/** One field of a form that the platform team fills in to connect a tenant. */
export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  /** What a value must look like; the whole value must match. */
  readonly pattern: RegExp;
  /** The value names the account at the source: one account serves one tenant, and the source's webhooks name it. */
  readonly isAccount?: true;
}

/** What a code of the source's says about a link to it. */
export interface Condition {
  readonly state: IntegrationState;
  /** What to do, in our words; null where nothing is to be done. */
  readonly nextStep: string | null;
}

/** What a connector is, as data. `GET /platform/v1/connectors` and the forms are drawn from it alone. */
export interface Manifest {
  readonly slug: string;
  readonly name: string;
  /** `unified`: one connector for many ATSs, its tenants name theirs. `native`: one ATS. `partner`: any ATS that has built it on our partner API. */
  readonly kind: 'unified' | 'native' | 'partner';
  readonly docsUrl: string;
  /** Per tenant, readable. */
  readonly settings: readonly SettingField[];
  /** Per tenant, sealed, never readable. */
  readonly credentials: readonly SettingField[];
  /** Below which address the source's calls are, by the integration's settings. Only its host may be called. */
  readonly apiUrl: (settings: Readonly<Record<string, string>>) => string;
  /** How the source gives tokens; null where credentials are sent with each call. */
  readonly oauth: OAuth | null;
  /** By every code that a check, a webhook or a failed call may end with and that says how the link stands. */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** What is probably wrong where a complete read found jobs and no application; null where that says nothing. */
  readonly noApplicationsHint: string | null;
  /** What is in no document that is at hand, and is assumed: to be looked at with a first real account. */
  readonly assumed: readonly string[];
  /** What the source takes of calls, in the order in which leave for one is to be had: what is held during the call comes last. */
  readonly rates: readonly RateLimit[];
  /** The largest page that the source gives. */
  readonly pageSize: number;
}

/** A record that could not be read. Its id and a reason from a closed list, never its content. */
export interface SetAside {
  readonly externalId: string | null;
  readonly reason: 'not-an-object' | 'id-missing' | 'id-malformed' | 'field-malformed' | 'too-large';
  /** The documented name of the field at fault, where there is one. */
  readonly field: string | null;
}

export interface Page<R extends Resource> {
  readonly records: readonly RemoteRecord<R>[];
  readonly setAside: readonly SetAside[];
  /** How often each field was there and was left behind: documented names; `*` for custom fields and anything unknown. */
  readonly dropped: ReadonlyMap<string, number>;
  /** Where to go on, opaque; null only where the source itself says that this was the end. */
  readonly next: string | null;
  /** With the last page of a reader with `delta: 'sync-token'`: where the next delta goes on. */
  readonly syncToken?: string;
}

export interface PageRequest {
  /** Leave to ask for it. A connector reads only what it grants. */
  readonly grant: Grant;
  /** RFC 3339, UTC: only what changed since, for a reader with `delta: 'updated-after'`. */
  readonly since?: string;
  /** `syncToken` of the last walk, for a reader with `delta: 'sync-token'`. */
  readonly syncToken?: string;
  /** `next` of the page before. */
  readonly cursor?: string;
  /** External ids of jobs: only what belongs to them, for a reader with `byJob`. */
  readonly jobs?: readonly string[];
}

/**
 * `context.fault` of the `remote-invalid-response` that a reader throws where the source does not take the sync token (any more): the resource
 * is then read completely.
 */
export const SYNC_TOKEN_REFUSED = 'sync-token-refused';

/** How one resource is read, as data, and the one function that reads a page of it. */
export interface Reader<R extends Resource> {
  /** The fields that this source can fill. */
  readonly fills: readonly FieldName<R>[];
  /** `sync-token`: the source keeps where we are and names it with the last page. `none`: a delta reads everything. */
  readonly delta: 'updated-after' | 'sync-token' | 'none';
  /** `reported`: a deleted record comes as such. `by-absence`: only a complete full run shows it. */
  readonly deletions: 'reported' | 'by-absence';
  /** Whether `jobs` of the request narrows the read. */
  readonly byJob: boolean;
  /**
   * Throws `GatewayError`: every `remote-*` kind, the consent kinds where the call was not admitted, `config-invalid` where the integration
   * is not (or wrongly) bound, `unsupported` where the source does not offer the resource, `invalid-request` where it refuses the request.
   */
  page(call: Call, request: PageRequest): Promise<Page<R>>;
}

/** How what the source collects for us differs from the allowlist, by the source's documented names; `*` for anything unknown. */
export interface ScopeDrift {
  /** Collected there, and nothing that we may hold: to be narrowed at the source. */
  readonly excess: readonly string[];
  /** Needed, and switched off there. */
  readonly lacking: readonly string[];
}

/** What `check` found out without reading a record. */
export interface CheckOutcome {
  /** Of the manifest's conditions. */
  readonly code: string;
  /** Null where the source does not tell. */
  readonly drift: ScopeDrift | null;
}

export type Readers = { readonly [R in Resource]: Reader<R> };

/** A capability that is not here is not supported: declared and implemented cannot differ. */
export interface Ports {
  /** Whether the connection works, by calls that carry no personal data. Throws `GatewayError` where the source cannot be asked. */
  readonly check: (call: Call) => Promise<CheckOutcome>;
  /** Reading on our own initiative; not where the ATS sends its records itself. */
  readonly read?: Readers;
  /** Inbound: what the source tells of its own accord. */
  readonly webhooks?: WebhookPort;
  /** Connecting by a link that the customer follows. */
  readonly links?: LinkPort;
  /** Assessments that are ordered in the ATS. */
  readonly orders?: OrderPort;
  /** Outward: summaries of results. */
  readonly results?: ResultPort;
}

export interface Connector {
  readonly manifest: Manifest;
  readonly ports: Ports;
}

/** A connector that reads on our own initiative. */
export interface SourceConnector extends Connector {
  readonly ports: Ports & { readonly read: Readers };
}

export const isSource = (connector: Connector): connector is SourceConnector => connector.ports.read !== undefined;

/** Declares a connector that reads: what it is, and what it can do. */
export function defineConnector(connector: SourceConnector): SourceConnector {
  return connector;
}
