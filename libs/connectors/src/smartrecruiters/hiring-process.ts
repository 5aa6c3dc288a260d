import { isObject, own } from '../contract/raw-object.js';
import { STAGE_STATUSES } from './stages.js';

/**
 * The sub-statuses of a hiring process, by main status. Documented as `{ subStatuses: { IN_REVIEW: ["…"] } }` (SmartRecruiters' Swagger, 2017); a
 * list of statuses that each have theirs, and sub-statuses that are objects with a name or a label, are read alike as the present shape is
 * uncertain. What is neither is left out.
 */
export function subStatusesOf(process: object): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(STAGE_STATUSES.map((status) => [status, listFor(process, status).map(nameOf)]));
}

function listFor(process: object, status: string): readonly unknown[] {
  const byStatus = own(process, 'subStatuses');
  const list = isObject(byStatus) ? own(byStatus, status) : own(entryFor(process, status), 'subStatuses');
  return Array.isArray(list) ? list : [];
}

function entryFor(process: object, status: string): object {
  const statuses = own(process, 'statuses');
  const entries = Array.isArray(statuses) ? statuses.filter(isObject) : [];
  return entries.find((entry) => ['status', 'id', 'name'].some((key) => own(entry, key) === status)) ?? {};
}

function nameOf(subStatus: unknown): unknown {
  const name = isObject(subStatus) ? (own(subStatus, 'name') ?? own(subStatus, 'label')) : subStatus;
  return typeof name === 'string' ? name : null;
}
