import type { Location } from '#libs/model';

/** City, region and country alone: streets and raw addresses are never read. Null where none of the three is known. */
export function locationFrom(city: string | null, region: string | null, country: string | null): Location | null {
  const parts = [city, region, country].filter((part) => part !== null);
  return parts.length === 0 ? null : { name: parts.join(', '), city, region, country };
}
