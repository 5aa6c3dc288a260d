import type { Resource } from '#libs/model';
import { addApplication, changeLive } from '../live/changing.js';
import { applicationsOf } from '../live/links.js';
import type { Change } from '../live/table.js';
import type { Account } from './account.js';
import type { Happening } from './vendor.js';

/** Something happens in an account; each returns what there is to tell of. */
export function addRecord({ records }: Account, resource: Resource, change: Change): Happening {
  const { candidate } = change.links;
  const index = candidate === undefined ? records.tables[resource].add(change) : addApplication(records, candidate, change);
  return { resource, index, what: 'created' };
}

export function changeRecord({ records }: Account, resource: Resource, index: number, change: Partial<Change>): Happening {
  changeLive(records, resource, index, change);
  const isMove = resource === 'application' && change.links?.stage !== undefined;
  return { resource, index, what: isMove ? 'moved' : 'updated' };
}

/** A candidate takes their applications along. */
export function setDeleted(account: Account, resource: Resource, index: number, isDeleted: boolean): readonly Happening[] {
  const { records } = account;
  const applications = resource === 'candidate' ? applicationsOf(records, index) : [];
  const along = applications.flatMap((application) => setDeleted(account, 'application', application, isDeleted));
  const table = records.tables[resource];
  table.setLive(index, { change: table.live(index).change, isDeleted });
  return [...along, { resource, index, what: isDeleted ? 'deleted' : 'updated' }];
}
