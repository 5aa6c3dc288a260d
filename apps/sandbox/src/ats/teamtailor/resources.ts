import type { Resource } from '#libs/model';
import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';

/** A link from a resource to others, by type and id. */
export interface Link {
  readonly type: string;
  readonly id: string;
}

/** A JSON:API resource before it is narrowed: all attributes, and what it is linked to. */
export interface FullResource extends Link {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relations: Readonly<Record<string, Link | readonly Link[] | null>>;
}

/** Teamtailor tells times with an offset. */
const time = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

const HUMAN: Readonly<Record<string, string>> = { OPEN: 'published', CLOSED: 'expired', DRAFT: 'draft', ARCHIVED: 'archived' };
const STATUS: Readonly<Record<string, string>> = {
  published: 'open',
  expired: 'open',
  unlisted: 'unlisted',
  draft: 'draft',
  archived: 'archived',
};

export function humanStatusOf(account: Account, index: number): string {
  const { status, visibility } = jobFacts(account.records, index);
  if (status === 'OPEN' && visibility === 'UNLISTED') return 'unlisted';
  return HUMAN[status] ?? status;
}

export const isInternal = (account: Account, index: number): boolean => {
  const { visibility } = jobFacts(account.records, index);
  return visibility === 'INTERNAL' || visibility === 'CONFIDENTIAL';
};

const KEYS = 64;
export const stageLink = (job: number, key: number): Link => ({ type: 'stages', id: String(70_000_000 + job * KEYS + key) });
const linkTo = (type: string, resource: Resource, index: number): Link => ({ type, id: remoteIdOf(resource, index) });
const locationLink = (job: number): Link => ({ type: 'locations', id: String(3_000_000 + job) });
const membershipLink = (job: number, place: number): Link => ({ type: 'team-memberships', id: String(80_000_000 + job * KEYS + place) });

export function userResource(account: Account, index: number): FullResource {
  const { firstName, lastName, email, person } = userFacts(account.records, index);
  return {
    ...linkTo('users', 'user', index),
    attributes: {
      name: [firstName, lastName].filter((part) => part !== null).join(' '),
      // Only an Admin key sees addresses.
      email: account.behaviour.rights === 'admin' ? email : null,
      'login-email': hiddenEmail(account, email ?? 'login@example.org'),
      role: index % 4 === 0 ? 'admin' : 'recruiter',
      'external-id': hidden(account, `E${index}`),
      phone: hidden(account, person.phone),
      signature: hidden(account, 'Kind regards'),
      description: hidden(account, 'Likes dogs'),
      picture: { small: hiddenUrl(account, 'https://pictures.example/1') },
      'linkedin-profile': hiddenUrl(account, `https://social.example/${person.handle}`),
    },
    relations: {},
  };
}

export function jobResource(account: Account, index: number): FullResource {
  const facts = jobFacts(account.records, index);
  const human = humanStatusOf(account, index);
  const [recruiter, ...others] = facts.team;
  return {
    ...linkTo('jobs', 'job', index),
    attributes: {
      title: facts.name ?? 'Untitled',
      status: STATUS[human] ?? human,
      'human-status': human,
      internal: isInternal(account, index),
      'created-at': time(facts.createdMs),
      'updated-at': time(facts.updatedMs),
      'remote-status': 'none',
      'start-date': null,
      'end-date': null,
      tags: [hidden(account, 'replaces a person on sick leave')],
      body: hidden(account, '<p>Call Anna, +46 8 123 45 67</p>'),
      pitch: hidden(account, 'Come to us'),
      mailbox: hiddenEmail(account, 'job-1@inbox.example'),
      'min-salary': facts.vacancy.salary,
      'max-salary': facts.vacancy.salary + 6_000,
      'salary-time-unit': hidden(account, 'monthly'),
      currency: hidden(account, 'SEK'),
      picture: null,
    },
    relations: {
      locations: facts.place === null ? [] : [locationLink(index)],
      stages: facts.stages.map(({ key }) => stageLink(index, key)),
      user: recruiter === undefined ? null : linkTo('users', 'user', recruiter),
      'team-memberships': others.map((_, place) => membershipLink(index, place)),
      department: { type: 'departments', id: String(index % 6) },
    },
  };
}

/** What hangs on a job; undefined where the link names nothing of it. */
export function partOfJob(account: Account, index: number, { type, id }: Link): FullResource | undefined {
  const facts = jobFacts(account.records, index);
  if (type === 'locations' && facts.place !== null) {
    const { city, country, street, zip } = facts.place;
    const address = {
      address: hidden(account, street),
      zip: hidden(account, zip),
      phone: hidden(account, '+46 8 1'),
      email: hiddenEmail(account, 'a@b.example'),
    };
    return {
      type,
      id,
      attributes: { city, country, name: hidden(account, 'Head office'), headquarters: true, lat: 59.3, long: 18.1, ...address },
      relations: {},
    };
  }
  if (type === 'stages') {
    const position = facts.stages.findIndex(({ key }) => stageLink(index, key).id === id);
    const stage = facts.stages[position];
    if (stage === undefined) return undefined;
    return {
      type,
      id,
      attributes: { name: stage.name, 'stage-type': hidden(account, 'In process'), 'row-order': position },
      relations: {},
    };
  }
  const [, ...others] = facts.team;
  const user = others.find((_, place) => membershipLink(index, place).id === id);
  return type === 'team-memberships' && user !== undefined
    ? { type, id, attributes: {}, relations: { user: linkTo('users', 'user', user), team: { type: 'teams', id: '1' } } }
    : undefined;
}

export function candidateResource(account: Account, index: number): FullResource {
  const { firstName, lastName, emails, person, createdMs, updatedMs } = candidateFacts(account.records, index);
  return {
    ...linkTo('candidates', 'candidate', index),
    attributes: {
      'first-name': firstName,
      'last-name': lastName,
      email: emails[0] ?? null,
      'created-at': time(createdMs),
      'updated-at': time(updatedMs),
      phone: hidden(account, person.phone),
      resume: hiddenUrl(account, 'https://files.example/resume.pdf'),
      'original-resume': hiddenUrl(account, 'https://files.example/original.pdf'),
      picture: hiddenUrl(account, 'https://pictures.example/2'),
      pitch: hidden(account, 'I am pregnant'),
      'linkedin-url': hiddenUrl(account, `https://social.example/${person.handle}`),
      'facebook-id': hidden(account, '1'),
      'referring-site': hidden(account, 'friends.example'),
      tags: [hidden(account, 'sick leave')],
      unsubscribed: false,
      'consent-future-jobs-at': null,
    },
    relations: { 'job-applications': [] },
  };
}

export function applicationResource(account: Account, index: number): FullResource {
  const { candidate, job, stage, outcome, createdMs, updatedMs } = applicationFacts(account.records, index);
  return {
    ...linkTo('job-applications', 'application', index),
    attributes: {
      'created-at': time(createdMs),
      'updated-at': time(updatedMs),
      'changed-stage-at': time(updatedMs),
      'rejected-at': outcome === 'rejected' ? time(updatedMs) : null,
      sourced: false,
      'cover-letter': hidden(account, 'My mother is ill'),
      'referring-url': hiddenUrl(account, 'https://friends.example'),
    },
    relations: {
      candidate: linkTo('candidates', 'candidate', candidate),
      job: job === null ? null : linkTo('jobs', 'job', job),
      stage: job === null || stage === null ? null : stageLink(job, stage.key),
      'reject-reason': null,
    },
  };
}
