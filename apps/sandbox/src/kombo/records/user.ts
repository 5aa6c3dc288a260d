import { draw } from '../../people/draw.js';
import { daysOf } from '../../people/days.js';
import { employeeOf } from '../../people/person.js';
import type { Integration } from '../integration.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { changedAtMs, hidden, iso, isoOrNull, rowOf, withinScope, type Json } from './parts.js';

export const ROLES = ['RECRUITER', 'HIRING_MANAGER', 'COORDINATOR', 'INTERVIEWER', 'ADMIN', 'SOURCER'] as const;

/** Kombo's `User` (OpenAPI 2026-05-02, with the keys that its SDK leaves out). */
export function userRecord(integration: Integration, index: number): Json {
  const row = rowOf(integration.tables.user, index);
  const drawn = draw(integration.recipe.seed, index, 102);
  const unifiedType = ROLES[drawn % ROLES.length] ?? null;
  const record: Json = {
    ...userCore(integration, index),
    status: drawn % 12 === 0 ? 'INACTIVE' : 'ACTIVE',
    changed_at: iso(changedAtMs(row, userDays(integration, index).seenMs)),
    remote_deleted_at: isoOrNull(row.deletedAtMs),
    system_roles: [
      {
        remote_id: `role-${drawn % ROLES.length}`,
        remote_label: hidden(integration, 'Site administrator'),
        scope: 'SYSTEM',
        unified_type: unifiedType,
      },
    ],
    remote_data: { user: { id: remoteIdOf('user', index), mobile: hidden(integration, '+46701112233'), employee_number: drawn % 9_999 } },
  };
  return withinScope(Object.assign(record, row.change.fields), integration.appliedScopes.closedFields('user'));
}

/** What a job's hiring team repeats of a user. */
export function userCore(integration: Integration, index: number): Json {
  const { firstName, lastName, emails } = employeeOf(integration.recipe.seed, index);
  const core: Json = {
    id: integration.ids.idOf('user', index),
    remote_id: remoteIdOf('user', index),
    first_name: firstName,
    last_name: lastName,
    email: emails[0] ?? null,
  };
  const { fields } = rowOf(integration.tables.user, index).change;
  for (const key of ['first_name', 'last_name', 'email']) if (key in fields) core[key] = fields[key];
  return withinScope(core, integration.appliedScopes.closedFields('user'));
}

function userDays(integration: Integration, index: number) {
  return daysOf(integration.recipe.seed, index, 110);
}
