import { userFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenUrl, type Account } from '../account.js';
import type { Row } from './list.js';

const ROLES = ['super admin', 'admin', 'team member', 'limited team member', 'interviewer'];

export const fullName = (firstName: string | null, lastName: string | null): string =>
  [firstName, lastName].filter((part) => part !== null).join(' ');

/** A user has one name and no `updatedAt` (Lever Data API documentation, 2026: users). */
export function userRow(account: Account, index: number): Row {
  const facts = userFacts(account.records, index);
  return {
    id: remoteIdOf('user', index),
    name: fullName(facts.firstName, facts.lastName),
    username: hidden(account, facts.person.handle),
    email: facts.email,
    createdAt: facts.createdMs,
    deactivatedAt: facts.isActive ? null : facts.updatedMs,
    externalDirectoryId: hidden(account, `E${index}`),
    accessRole: ROLES[index % ROLES.length],
    photo: hiddenUrl(account, `https://photos.example/${index}`),
    linkedContactIds: [hidden(account, remoteIdOf('candidate', index))],
    jobTitle: hidden(account, facts.person.title),
    managerId: hidden(account, remoteIdOf('user', 0)),
  };
}
