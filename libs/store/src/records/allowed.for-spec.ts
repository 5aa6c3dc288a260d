import { allow, type Allowed } from '#libs/allowlist';
import { grantFor, type Decision, type Grant } from '#libs/consent';
import { RESOURCES, type RemoteFields, type RemoteRecord, type Resource } from '#libs/model';
import { NOW, type Link, type StoreWorld } from '../world.for-spec.js';
import { writeRecords, type Written } from './write.js';

const OPEN: Decision = {
  open: true,
  read: RESOURCES,
  write: [],
  subProcessors: [],
  reasons: [],
  refusal: null,
  documentVersion: '1',
  nextChangeAt: null,
};

/** A grant for all fields of the tenant, of the epoch that its gate starts with. */
export function grantOf({ tenantId, integrationId }: Link, epoch = '1'): Grant {
  const integration = { id: integrationId, type: 'native' } as const;
  const outcome = grantFor({
    tenantId,
    decision: OPEN,
    epoch,
    integration,
    purpose: 'sync',
    narrowing: { hiddenFields: {}, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}

type Given<R extends Resource> = Partial<RemoteFields[R]> & Partial<Pick<RemoteRecord, 'remoteId' | 'deleted'>>;

/** A record that came through the allowlist. */
export function allowed<R extends Resource>(link: Link, resource: R, externalId: string, given: Given<R> = {}): Allowed<R> {
  const { remoteId = null, deleted = false, ...fields } = given;
  return allow(grantOf(link), { resource, externalId, remoteId, deleted, fields: fields as Partial<RemoteFields[R]> });
}

/** Stores records of one resource in a transaction of their own. */
export function write<R extends Resource>(
  world: StoreWorld,
  link: Link,
  resource: R,
  records: Readonly<Record<string, Given<R>>>,
  now: Date = NOW,
): Promise<Written> {
  const page = Object.entries(records).map(([externalId, given]) => allowed(link, resource, externalId, given));
  return world.in(link, (tx) => writeRecords(tx, { ...link, now }, resource, page));
}

export interface ChangeRow {
  readonly resource: string;
  readonly kind: string;
  readonly fields: readonly string[];
  readonly id: string;
}

/** The tenant's change rows, oldest first, each with what the connector calls the record. */
export function changes(world: StoreWorld, link: Link): Promise<ChangeRow[]> {
  return world.rows(
    link,
    `select c.resource, c.kind, to_json(c.fields) as fields, i.external_id as id from change c
     join identity i on i.tenant_id = c.tenant_id and i.resource = c.resource and i.id = c.record_id order by c.seq`,
  );
}

/** Our id of a record. */
export async function idOf(world: StoreWorld, link: Link, resource: string, externalId: string): Promise<string> {
  const [row] = await world.rows<{ id: string }>(
    link,
    'select id from identity where resource = $1 and external_id = $2 and integration_id = $3',
    [resource, externalId, link.integrationId],
  );
  return row?.id ?? 'unknown';
}
