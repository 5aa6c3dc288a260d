import { type Grant, isGrant, requireResource } from '#libs/consent';
import { GatewayError, type RemoteFields, type RemoteRecord, type Resource } from '#libs/model';
import { rebuild } from './rebuild.js';
import { idOf, idOrNull } from './text.js';

interface Content<R extends Resource> {
  readonly resource: R;
  readonly externalId: string;
  readonly remoteId: string | null;
  readonly deleted: boolean;
  readonly fields: RemoteFields[R];
}

/** A record that may be stored. A proof type: only `allow` makes one, the private field keeps any other object from passing as one. */
class AllowedProof<R extends Resource> implements Content<R> {
  readonly #made = true;
  readonly resource: R;
  readonly externalId: string;
  readonly remoteId: string | null;
  readonly deleted: boolean;
  /** Every allowlisted field; null, [] or 'unknown' where the source has none, it is not granted, or the record is deleted. */
  readonly fields: RemoteFields[R];

  constructor(content: Content<R>) {
    this.resource = content.resource;
    this.externalId = content.externalId;
    this.remoteId = content.remoteId;
    this.deleted = content.deleted;
    this.fields = content.fields;
    Object.freeze(this);
  }

  static isMade(value: unknown): value is AllowedProof<Resource> {
    return typeof value === 'object' && value !== null && #made in value && value.#made;
  }
}

export type Allowed<R extends Resource = Resource> = AllowedProof<R>;

/** Whether a value is a record that `allow` made (a second wall, at run time). */
export const isAllowed = (value: unknown): value is Allowed => AllowedProof.isMade(value);

const NO_FIELDS: ReadonlySet<string> = new Set();

/**
 * Lets the granted, allowlisted fields of a record through and nothing else, whatever the record holds at run time. Texts over 500 characters
 * (e-mail: 320), invalid times and values outside an enumeration become null or 'unknown'; times are RFC 3339, UTC. Throws
 * `consent-does-not-cover` where the grant does not cover the resource, `remote-invalid-response` where an identifier is malformed or over 500
 * characters long.
 */
export function allow<R extends Resource>(grant: Grant, record: RemoteRecord<R>): Allowed<R> {
  const { resource, deleted, fields } = record;
  if (!isGrant(grant))
    throw new GatewayError('consent-does-not-cover', { detail: 'Only a grant that the consent library made lets a record in.' });
  requireResource(grant, resource);
  return new AllowedProof({
    resource,
    externalId: idOf(record.externalId, 'externalId'),
    remoteId: idOrNull(record.remoteId, 'remoteId'),
    deleted,
    fields: rebuild(resource, deleted ? NO_FIELDS : (grant.fields.get(resource) ?? NO_FIELDS), fields),
  });
}
