import { candidateFacts, applicationFacts, jobFacts, userFacts, type UserFacts } from '../live/facts.js';
import { applicationsOf } from '../live/links.js';
import { remoteIdOf } from '../live/remote-ids.js';
import type { Account } from '../ats/account.js';
import type { Order } from './installation.js';

/** Who is to be assessed for what, as every vendor knows it. */
export function subjectOf({ installation, candidate, application, job }: Order) {
  const { records } = installation.account;
  const { firstName, lastName, emails, person } = candidateFacts(records, candidate);
  const { name = null, team = [], vacancy = null } = job === null ? {} : jobFacts(records, job);
  const [recruiter] = team;
  return {
    candidateId: remoteIdOf('candidate', candidate),
    firstName,
    lastName,
    email: emails[0] ?? null,
    person,
    applicationId: application === null ? null : remoteIdOf('application', application),
    outcome: application === null ? 'pending' : applicationFacts(records, application).outcome,
    stage: application === null ? null : applicationFacts(records, application).stage,
    jobId: job === null ? null : remoteIdOf('job', job),
    jobName: name ?? 'Untitled',
    department: vacancy?.department ?? null,
    team: team.map((user) => ({ userId: remoteIdOf('user', user), ...userFacts(records, user) })),
    recruiter: recruiter === undefined ? null : userFacts(records, recruiter),
  };
}

export const fullName = ({ firstName, lastName }: Pick<UserFacts, 'firstName' | 'lastName'>): string =>
  [firstName, lastName].filter((part) => part !== null).join(' ');

/** The application that an order is for where it names none: the candidate's first. */
export function firstApplication({ records }: Account, candidate: number): number | null {
  const alive = applicationsOf(records, candidate).filter((index) => !records.tables.application.live(index).isDeleted);
  return alive[0] ?? null;
}
