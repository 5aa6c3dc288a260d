import type { Location } from '#libs/model';

/**
 * City, region and country alone: streets and raw addresses are never read. Null where none of the three is known. A country's code of two letters
 * is written in capitals (ISO 3166-1), however the source writes it.
 */
export function locationFrom(city: string | null, region: string | null, named: string | null): Location | null {
  const country = named !== null && /^[a-z]{2}$/.test(named) ? named.toUpperCase() : named;
  const parts = [city, region, country].filter((part) => part !== null);
  return parts.length === 0 ? null : { name: parts.join(', '), city, region, country };
}
