import type { Parameters } from '../exchange.js';
import type { FullResource, Link } from './resources.js';

/** `fields[type]`, by type. */
export type Sparse = ReadonlyMap<string, ReadonlySet<string>>;

const TYPES = ['users', 'jobs', 'candidates', 'job-applications', 'stages', 'locations', 'team-memberships'] as const;

export function sparseIn(query: Parameters): Sparse {
  return new Map(
    TYPES.flatMap((type): [string, Set<string>][] => {
      const names = query.parts(`fields[${type}]`, 60);
      return names === undefined ? [] : [[type, new Set(names)]];
    }),
  );
}

/**
 * As it is sent: the attributes that are asked for, and of the relations that are asked for the linkage where they are included, else only
 * addresses. A relation that `fields` of its type does not name is not there, included or not.
 */
export function narrowed({ type, id, attributes, relations }: FullResource, sparse: Sparse, included: ReadonlySet<string>): object {
  const fields = sparse.get(type);
  const isAsked = (name: string) => fields === undefined || fields.has(name);
  const relationships = Object.entries(relations).filter(([name]) => isAsked(name));
  return {
    id,
    type,
    links: { self: `https://api.teamtailor.com/v1/${type}/${id}` },
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => isAsked(name))),
    relationships: Object.fromEntries(
      relationships.map(([name, linked]) => [name, { ...(included.has(name) && { data: linked }), links: linksOf(type, id, name) }]),
    ),
  };
}

const linksOf = (type: string, id: string, name: string) => ({
  self: `https://api.teamtailor.com/v1/${type}/${id}/relationships/${name}`,
  related: `https://api.teamtailor.com/v1/${type}/${id}/${name}`,
});

/** The names that come after a name: `team-memberships.user` of `team-memberships`. */
export const below = (include: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  new Set([...include].filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1)));

export const linksIn = (linked: Link | readonly Link[] | null | undefined): readonly Link[] =>
  [linked].flat().filter((link): link is Link => link !== null && link !== undefined);
