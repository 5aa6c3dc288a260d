import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { applicationsOf } from '../../live/links.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** More stages than any job has. */
const STAGES = 64;
export const planId = (job: number): string => `plan-${job}`;
const stageId = (job: number, key: number): string => `stage-${job * STAGES + key}`;

const STATUSES: Readonly<Record<string, string>> = { OPEN: 'Open', CLOSED: 'Closed', DRAFT: 'Draft', ARCHIVED: 'Archived' };
export const statusOf = (account: Account, index: number): string => {
  const { status } = jobFacts(account.records, index);
  return STATUSES[status] ?? status;
};

const ROLES = ['Hiring Manager', 'Recruiter', 'Recruiting Coordinator'] as const;

/** `expandsLocation`: what `expand: ["location"]` adds. */
export function jobRow(account: Account, index: number, expandsLocation: boolean) {
  const facts = jobFacts(account.records, index);
  return {
    id: remoteIdOf('job', index),
    title: facts.name ?? 'Untitled',
    status: statusOf(account, index),
    confidential: facts.visibility === 'CONFIDENTIAL',
    employmentType: hidden(account, 'FullTime'),
    locationId: facts.place === null ? null : `location-${index}`,
    departmentId: `department-${index % 6}`,
    defaultInterviewPlanId: planId(index),
    interviewPlanIds: [planId(index)],
    jobPostingIds: [`posting-${index}`],
    hiringTeam: facts.team.map((user, place) => teamMember(account, user, place)),
    createdAt: iso(facts.createdMs),
    updatedAt: iso(facts.updatedMs),
    openedAt: iso(facts.createdMs),
    closedAt: null,
    customFields: [{ id: 'f1', title: hidden(account, 'Budget'), value: hidden(account, `${facts.vacancy.salary} SEK`) }],
    author: {
      id: 'u1',
      firstName: hidden(account, 'Anna'),
      lastName: hidden(account, 'Berg'),
      email: hiddenEmail(account, 'anna@a.example'),
    },
    compensation: { compensationTiers: [{ title: hidden(account, `${facts.vacancy.salary}`) }] },
    ...(expandsLocation && { location: locationOf(account, index) }),
  };
}

function teamMember(account: Account, user: number, place: number) {
  const { firstName, lastName, email } = userFacts(account.records, user);
  return {
    userId: remoteIdOf('user', user),
    email: hiddenEmail(account, email ?? 'none@a.example'),
    firstName: hidden(account, firstName ?? ''),
    lastName: hidden(account, lastName ?? ''),
    role: ROLES[place % ROLES.length],
  };
}

function locationOf(account: Account, index: number) {
  const { place } = jobFacts(account.records, index);
  if (place === null) return null;
  return {
    id: `location-${index}`,
    name: hidden(account, 'Head office'),
    isRemote: false,
    workplaceType: 'OnSite',
    address: {
      postalAddress: {
        addressLocality: place.city,
        addressRegion: place.region,
        addressCountry: place.country,
        streetAddress: hidden(account, place.street),
        postalCode: hidden(account, place.zip),
      },
    },
  };
}

/** On the job board that everybody sees, or on none. */
export function postingRow(account: Account, index: number) {
  const { name, visibility, updatedMs } = jobFacts(account.records, index);
  return {
    id: `posting-${index}`,
    jobId: remoteIdOf('job', index),
    title: name ?? 'Untitled',
    isListed: visibility === 'PUBLIC' || visibility === null,
    locationName: hidden(account, 'Head office'),
    workplaceType: 'OnSite',
    publishedDate: iso(updatedMs).slice(0, 10),
    externalLink: hiddenUrl(account, `https://jobs.ashbyhq.com/customer/${index}`),
    updatedAt: iso(updatedMs),
  };
}

export const stageRows = (account: Account, job: number) =>
  jobFacts(account.records, job).stages.map(({ key, name }, position) => ({
    id: stageId(job, key),
    title: name,
    type: name === 'Offer' ? 'Offer' : 'Active',
    orderInInterviewPlan: position,
    interviewStageGroupId: null,
    interviewPlanId: planId(job),
  }));

export function userRow(account: Account, index: number) {
  const { firstName, lastName, email, isActive, updatedMs } = userFacts(account.records, index);
  return {
    id: remoteIdOf('user', index),
    firstName,
    lastName,
    email,
    globalRole: index % 5 === 0 ? 'Organization Admin' : 'Limited Access',
    isEnabled: isActive,
    updatedAt: iso(updatedMs),
    managerId: null,
    customFields: [{ title: hidden(account, 'Shoe size'), value: hidden(account, '43') }],
  };
}

const nameOf = (firstName: string | null, lastName: string | null): string =>
  [firstName, lastName].filter((part) => part !== null).join(' ');

function contactOf(account: Account, index: number) {
  const { firstName, lastName, emails, person } = candidateFacts(account.records, index);
  const [first] = emails;
  return {
    id: remoteIdOf('candidate', index),
    name: nameOf(firstName, lastName),
    primaryEmailAddress: first === undefined ? null : { value: first, type: 'Personal', isPrimary: true },
    primaryPhoneNumber: { value: hidden(account, person.phone), type: 'Mobile', isPrimary: true },
  };
}

export function candidateRow(account: Account, index: number) {
  const { person, createdMs, updatedMs } = candidateFacts(account.records, index);
  return {
    ...contactOf(account, index),
    createdAt: iso(createdMs),
    updatedAt: iso(updatedMs),
    phoneNumbers: [{ value: hidden(account, person.phone), type: 'Mobile', isPrimary: true }],
    socialLinks: [{ type: 'LinkedIn', url: hiddenUrl(account, `https://social.example/${person.handle}`) }],
    tags: [{ id: 't1', title: hidden(account, 'sick leave') }],
    position: hidden(account, person.title),
    company: hidden(account, person.company),
    school: hidden(account, 'Lund'),
    location: { locationSummary: hidden(account, `${person.home.street}, ${person.home.city}`) },
    timezone: hidden(account, 'Europe/Stockholm'),
    resumeFileHandle: { name: hidden(account, 'cv.pdf'), handle: hidden(account, 'file-1') },
    fileHandles: [{ name: hidden(account, 'letter.pdf') }],
    customFields: [{ title: hidden(account, 'Born'), value: hidden(account, person.birthDate) }],
    source: { title: hidden(account, 'Referral') },
    fraudStatus: hidden(account, 'NotFlagged'),
    applicationIds: applicationsOf(account.records, index).map((application) => remoteIdOf('application', application)),
  };
}

const OUTCOMES = { pending: 'Active', rejected: 'Archived', hired: 'Hired' } as const;

export function applicationRow(account: Account, index: number) {
  const { candidate, job, stage, outcome, createdMs, updatedMs } = applicationFacts(account.records, index);
  return {
    id: remoteIdOf('application', index),
    createdAt: iso(createdMs),
    updatedAt: iso(updatedMs),
    archivedAt: outcome === 'rejected' ? iso(updatedMs) : null,
    status: job === null ? 'Lead' : OUTCOMES[outcome],
    candidate: contactOf(account, candidate),
    job: job === null ? null : { id: remoteIdOf('job', job), title: hidden(account, 'Engineer') },
    currentInterviewStage:
      job === null || stage === null
        ? null
        : {
            id: stageId(job, stage.key),
            title: stage.name,
            type: 'Active',
            orderInInterviewPlan: stage.position,
            interviewPlanId: planId(job),
          },
    hiringTeam: job === null ? [] : jobFacts(account.records, job).team.map((user, place) => teamMember(account, user, place)),
    customFields: [{ title: hidden(account, 'Notice'), value: hidden(account, 'three months') }],
    archiveReason: outcome === 'rejected' ? { id: 'r1', text: hidden(account, 'Did not pass the health check') } : null,
    source: { title: hidden(account, 'Referral') },
    submitterClientIp: hidden(account, '192.0.2.1'),
    submitterUserAgent: hidden(account, 'Browser'),
  };
}
