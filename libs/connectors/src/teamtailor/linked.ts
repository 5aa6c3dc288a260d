import { isObject, own } from '../contract/raw-object.js';

type Included = ReadonlyMap<string, object>;

/** What a resource is linked to under a name, each as `include` brought it, or as its bare name where it did not. */
export function linkedTo(item: unknown, name: string, included: Included): readonly object[] {
  return linkageOf(item, name).flatMap((link) => {
    const [type, id] = [own(link, 'type'), own(link, 'id')];
    if (typeof id !== 'string') return [];
    return [included.get(`${String(type)} ${id}`) ?? { id }];
  });
}

/** The same, where there can be only one. */
export const theOneLinked = (item: unknown, name: string, included: Included): object | null => linkedTo(item, name, included)[0] ?? null;

/** Only the names of what is linked. */
export const namesLinked = (item: unknown, name: string): readonly { readonly id: unknown }[] =>
  linkageOf(item, name).map((link) => ({ id: own(link, 'id') }));

function linkageOf(item: unknown, name: string): readonly object[] {
  const relationships = isObject(item) ? own(item, 'relationships') : null;
  const relation = isObject(relationships) ? own(relationships, name) : null;
  const data = isObject(relation) ? own(relation, 'data') : null;
  return [data].flat().filter(isObject);
}
