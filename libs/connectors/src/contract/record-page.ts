import type { RemoteFields, RemoteRecord, Resource } from '#libs/model';
import type { Page, SetAside } from './connector.js';
import { countDropped, type Taken } from './dropped.js';
import { isExternalId, isObject, own, RawObject } from './raw-object.js';

/** One raw item of a list as ours. */
export interface RawRecord<R extends Resource> {
  readonly remoteId: string | null;
  readonly deleted: boolean;
  readonly fields: Partial<RemoteFields[R]>;
}

/** How a source's items become records of one resource. */
export interface RecordMapping<R extends Resource> {
  readonly resource: R;
  /** The key that holds the record's id; a number of the source's becomes its digits. */
  readonly idKey: string;
  readonly ids: 'texts' | 'numbers';
  /** Reads what is needed, by name; what cannot be read is noted in the raw object and sets the record aside. Throws nothing. */
  readonly map: (raw: RawObject) => RawRecord<R>;
  /** The keys that `map` reads. */
  readonly taken: Taken;
  /** The documented keys that are left behind: the only names that a count of dropped fields shows. */
  readonly leftBehind: ReadonlySet<string>;
}

/** How the items of one source become records, resource by resource. */
export interface Source {
  /** Reads an item's fields. */
  readonly fields: { readonly [R in Resource]: (raw: RawObject) => Partial<RemoteFields[R]> };
  /** `id` unless a resource is named here. */
  readonly idKeys?: Partial<Readonly<Record<Resource, string>>>;
  readonly ids: 'texts' | 'numbers';
  readonly taken: Readonly<Record<Resource, Taken>>;
  readonly leftBehind: Readonly<Record<Resource, ReadonlySet<string>>>;
}

/** The mappings of a source that names a record by one key, in its own lists and elsewhere, and tells of no deletion in them. */
export function mappingsOf({ fields, idKeys = {}, ids, taken, leftBehind }: Source): { readonly [R in Resource]: RecordMapping<R> } {
  const mappingOf = <R extends Resource>(resource: R): RecordMapping<R> => {
    const idKey = idKeys[resource] ?? 'id';
    return {
      resource,
      idKey,
      ids,
      map: (raw) => ({ remoteId: raw.numberedReference(idKey), deleted: false, fields: fields[resource](raw) }),
      taken: taken[resource],
      leftBehind: leftBehind[resource],
    };
  };
  return { user: mappingOf('user'), job: mappingOf('job'), application: mappingOf('application'), candidate: mappingOf('candidate') };
}

type Mapped<R extends Resource> = { readonly record: RemoteRecord<R> } | { readonly setAside: SetAside };

/** One item as a record, or why it is set aside. Throws nothing, whatever the item is. */
export function mapItem<R extends Resource>({ resource, idKey, ids, map }: RecordMapping<R>, item: unknown): Mapped<R> {
  if (!isObject(item)) return aside(null, 'not-an-object');
  const id = idIn(own(item, idKey) ?? null, ids);
  if (id === null) return aside(null, 'id-missing');
  if (id === undefined) return aside(null, 'id-malformed');
  const raw = new RawObject(item);
  const { remoteId, deleted, fields } = map(raw);
  const fault = raw.faults[0];
  if (fault !== undefined) return aside(id, fault.reason, fault.field);
  return { record: { resource, externalId: id, remoteId, deleted, fields } };
}

/** A list's items as a page. An item that comes twice counts once, as it came last. */
export function recordPage<R extends Resource>(
  mapping: RecordMapping<R>,
  items: readonly unknown[],
  end: Pick<Page<R>, 'next'> & { readonly syncToken?: string },
): Page<R> {
  const records = new Map<string, RemoteRecord<R>>();
  const setAside: SetAside[] = [];
  const dropped = new Map<string, number>();
  for (const item of items) {
    const mapped = mapItem(mapping, item);
    if ('record' in mapped) records.set(mapped.record.externalId, mapped.record);
    else setAside.push(mapped.setAside);
    if (isObject(item)) countDropped(item, mapping.taken, mapping.leftBehind, dropped);
  }
  return { records: [...records.values()], setAside, dropped, ...end };
}

function idIn(value: unknown, ids: 'texts' | 'numbers'): string | null | undefined {
  if (value === null) return null;
  if (typeof value === 'number') return ids === 'numbers' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
  return isExternalId(value) ? value : undefined;
}

const aside = (externalId: string | null, reason: SetAside['reason'], field: string | null = null): { readonly setAside: SetAside } => ({
  setAside: { externalId, reason, field },
});
