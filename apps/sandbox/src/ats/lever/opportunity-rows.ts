import { applicationFacts, candidateFacts, jobFacts, type ApplicationFacts, type CandidateFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';
import type { Row } from './list.js';
import { isConfidential } from './posting-rows.js';
import { stageIdOf, stageIndexOf } from './stages.js';
import { fullName } from './user-rows.js';

/** Each has one application of its own, under another id. */
const applicationIdOf = (index: number): string => String(70_000_000 + index);

const ARCHIVE_REASONS = { pending: null, rejected: 'reason-rejected', hired: 'reason-hired' } as const;

/** Of nine, one was never touched since Lever introduced the property (Lever Data API documentation, 2026: opportunities, updatedAt). */
const isNeverTouched = (index: number): boolean => index % 9 === 4;

/** An edit of the person counts too. */
export function updatedAtOf({ records }: Account, index: number): number | null {
  const { candidate, updatedMs } = applicationFacts(records, index);
  const { application: applications, candidate: candidates } = records.tables;
  const contactMs = candidates.live(candidate).atMs;
  if (contactMs !== null) return Math.max(contactMs, updatedMs);
  return applications.live(index).atMs === null && isNeverTouched(index) ? null : updatedMs;
}

/** Every attribute of an opportunity: what one person's candidacy is, with the person's data on it. */
export function opportunityRow(account: Account, index: number): Row {
  const facts = applicationFacts(account.records, index);
  const job = facts.job === null ? null : jobFacts(account.records, facts.job);
  const followers = (job?.team ?? []).map((user) => remoteIdOf('user', user));
  const archivedAt = facts.outcome === 'pending' ? null : facts.updatedMs;
  return {
    id: remoteIdOf('application', index),
    ...personOf(account, facts.candidate),
    contact: remoteIdOf('candidate', facts.candidate),
    confidentiality: job !== null && isConfidential(job) ? 'confidential' : 'non-confidential',
    createdAt: facts.createdMs,
    updatedAt: updatedAtOf(account, index),
    lastInteractionAt: facts.updatedMs,
    lastAdvancedAt: facts.updatedMs,
    snoozedUntil: null,
    archived: archivedAt === null ? null : { archivedAt, reason: ARCHIVE_REASONS[facts.outcome] },
    archivedAt,
    archiveReason: ARCHIVE_REASONS[facts.outcome],
    stage: facts.stage === null ? null : stageIdOf(facts.stage.name),
    stageChanges: stageChangesOf(account, facts, followers[0] ?? null),
    owner: followers[0] ?? null,
    followers,
    sourcedBy: null,
    origin: 'applied',
    applications: [applicationIdOf(index)],
    ...unwantedOf(account, index, job?.place?.city ?? 'unspecified'),
  };
}

function personOf(account: Account, index: number): Row {
  const facts = candidateFacts(account.records, index);
  const { person } = facts;
  return {
    name: fullName(facts.firstName, facts.lastName),
    emails: facts.emails.map((email, place) => (place === 0 ? email : hiddenEmail(account, email))),
    headline: hidden(account, `${person.company}, ${person.title}`),
    phones: [{ type: 'mobile', value: hidden(account, person.phone) }],
    location: hidden(account, `${person.home.street} ${person.houseNumber}, ${person.home.city}`),
    links: [hiddenUrl(account, `https://social.example/${person.handle}`)],
  };
}

function unwantedOf(account: Account, index: number, city: string): Row {
  const url = hiddenUrl(account, `https://candidates.example/${index}`);
  return {
    tags: [hidden(account, 'pregnant')],
    sources: [hidden(account, 'linkedin')],
    resume: hiddenUrl(account, `https://resumes.example/${index}`),
    urls: { list: hiddenUrl(account, 'https://candidates.example'), show: url },
    dataProtection: {
      store: { allowed: true, expiresAt: null },
      contact: { allowed: false, expiresAt: null, policy: hidden(account, 'GDPR') },
    },
    isAnonymized: false,
    opportunityLocation: hidden(account, city),
  };
}

/** The first one is that it came in. */
function stageChangesOf(account: Account, { stage, createdMs, updatedMs }: ApplicationFacts, userId: string | null): readonly Row[] {
  const change = (name: string, updatedAt: number): Row => ({
    toStageId: stageIdOf(name),
    toStageIndex: stageIndexOf(account, name),
    userId,
    updatedAt,
  });
  const first = change('Applied', createdMs);
  return stage === null || stage.name === 'Applied' ? [first] : [first, change(stage.name, updatedMs)];
}

/** What `expand=applications` puts in the place of the ids: the posting, and with it what the candidate wrote. */
export function applicationRow(account: Account, index: number): Row {
  const { candidate, job, createdMs, updatedMs, outcome } = applicationFacts(account.records, index);
  const facts = candidateFacts(account.records, candidate);
  const team = job === null ? [] : jobFacts(account.records, job).team;
  const [postingOwner = null, postingHiringManager = null] = team.map((user) => remoteIdOf('user', user));
  return {
    id: applicationIdOf(index),
    opportunityId: remoteIdOf('application', index),
    candidateId: remoteIdOf('application', index),
    createdAt: createdMs,
    type: 'posting',
    posting: job === null ? null : remoteIdOf('job', job),
    postingOwner,
    postingHiringManager,
    user: null,
    archived: outcome === 'pending' ? null : { archivedAt: updatedMs, reason: ARCHIVE_REASONS[outcome] },
    requisitionForHire: null,
    ...answersOf(account, facts),
  };
}

function answersOf(account: Account, { person, ...facts }: CandidateFacts): Row {
  return {
    name: hidden(account, fullName(facts.firstName, facts.lastName)),
    email: hiddenEmail(account, facts.emails[0] ?? 'nobody@example.org'),
    phone: { type: null, value: hidden(account, person.phone) },
    company: hidden(account, person.company),
    links: [hiddenUrl(account, `https://web.example/${person.handle}`)],
    comments: hidden(account, 'I need a lift'),
    customQuestions: [
      { type: 'posting', text: hidden(account, 'Health'), fields: [{ text: hidden(account, 'Are you pregnant?'), value: 'yes' }] },
    ],
  };
}

/** A contact has no dates (Lever Data API documentation, 2026: contacts). */
export function contactRow(account: Account, index: number): Row {
  const { location, links: _links, ...person } = personOf(account, index);
  return { id: remoteIdOf('candidate', index), ...person, location: { name: location }, isAnonymized: false };
}
