import type { Resource } from '#libs/model';
import type { Records } from './records.js';
import type { Change } from './table.js';

/** Something changes at the ATS; Kombo sees it with the next sync. */
export function changeLive(
  { tables }: Pick<Records, 'tables' | 'addedApplications'>,
  resource: Resource,
  index: number,
  { fields, links }: Partial<Change>,
): void {
  const { change, isDeleted } = tables[resource].live(index);
  const changed = { fields: { ...change.fields, ...fields }, links: { ...change.links, ...links } };
  tables[resource].setLive(index, { change: changed, isDeleted });
}

/** A new application, and with it the candidate's list of them. Returns its number. */
export function addApplication(
  { tables, addedApplications }: Pick<Records, 'tables' | 'addedApplications'>,
  candidate: number,
  change: Change,
): number {
  const index = tables.application.add({ ...change, links: { ...change.links, candidate } });
  addedApplications.set(candidate, [...(addedApplications.get(candidate) ?? []), index]);
  return index;
}
