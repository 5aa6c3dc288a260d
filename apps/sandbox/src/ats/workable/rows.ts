import { applicationFacts, candidateFacts, jobFacts, userFacts, type UserFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';
import { rowUpdatedMs } from './slices.js';
import { kindOf } from './stages.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A job's id is not its shortcode. */
export const JOB_PREFIX = 'j';

const STATES: Readonly<Record<string, string>> = { OPEN: 'published', CLOSED: 'closed', DRAFT: 'draft', ARCHIVED: 'archived' };
export const stateOf = (account: Account, index: number): string => {
  const { status } = jobFacts(account.records, index);
  return STATES[status] ?? status;
};

export function jobRow(account: Account, index: number) {
  const facts = jobFacts(account.records, index);
  const shortcode = remoteIdOf('job', index);
  const title = facts.name ?? 'Untitled';
  return {
    id: JOB_PREFIX + shortcode,
    shortcode,
    title,
    full_title: hidden(account, `${title} - REQ`),
    code: hidden(account, `REQ-${index}`),
    state: stateOf(account, index),
    confidential: facts.visibility !== 'PUBLIC' && facts.visibility !== null,
    department: hidden(account, facts.vacancy.department),
    url: hiddenUrl(account, `https://customer.workable.com/jobs/${shortcode}`),
    application_url: hiddenUrl(account, `https://customer.workable.com/jobs/${shortcode}/apply`),
    shortlink: hiddenUrl(account, `https://customer.workable.com/j/${shortcode}`),
    location: locationOf(account, index),
    locations: [{ city: hidden(account, 'Elsewhere'), hidden: false }],
    workplace_type: hidden(account, 'on_site'),
    salary: { salary_from: facts.vacancy.salary, salary_to: facts.vacancy.salary + 6_000, salary_currency: hidden(account, 'sek') },
    created_at: iso(facts.createdMs),
    updated_at: iso(facts.updatedMs),
  };
}

/** What describes a job: in its detail, and in the list where it is asked for. */
export const describing = (account: Account) => ({
  description: hidden(account, '<p>Call Anna, +46 8 123 45 67</p>'),
  full_description: hidden(account, '<p>Replaces a person on sick leave</p>'),
  requirements: hidden(account, 'Patience'),
  benefits: hidden(account, 'Fruit'),
});

export const jobDetail = (account: Account, index: number) => ({ ...jobRow(account, index), ...describing(account) });

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });

function locationOf(account: Account, index: number) {
  const { place } = jobFacts(account.records, index);
  if (place === null) return null;
  const { city, region, country, zip } = place;
  return {
    location_str: hidden(account, `${city}, ${region}, ${country}`),
    country: COUNTRIES.of(country) ?? country,
    country_code: country,
    region,
    region_code: hidden(account, region),
    city,
    zip_code: hidden(account, zip),
    telecommuting: false,
    workplace_type: hidden(account, 'on_site'),
  };
}

export const nameOf = ({ firstName, lastName }: Pick<UserFacts, 'firstName' | 'lastName'>): string =>
  [firstName, lastName].filter((part) => part !== null).join(' ');

export const roleOf = (index: number): 'admin' | 'simple' => (index % 5 === 0 ? 'admin' : 'simple');

/** One name, not two. */
export function memberRow(account: Account, index: number) {
  const facts = userFacts(account.records, index);
  return {
    id: remoteIdOf('user', index),
    name: nameOf(facts),
    headline: hidden(account, 'Recruiter'),
    email: facts.email,
    roles: [hidden(account, `ats.${roleOf(index)}`)],
    active: facts.isActive,
    collaboration_rules: [{ reason: hidden(account, 'Team of Anna') }],
  };
}

/** Of a job’s team. */
export const teamRows = (account: Account, job: number) =>
  jobFacts(account.records, job).team.map((user) => {
    const row = memberRow(account, user);
    return { ...row, name: hidden(account, row.name), email: hiddenEmail(account, row.email ?? 'none@example.org') };
  });

/**
 * One row for a person and a job: who applies twice is there twice. `stage` is the stage's name; who stands in none, as a stage was taken away,
 * has null there: nothing at hand says where Workable puts them, and no stage of the job would be a guess that looks like a fact.
 */
export function candidateRow(account: Account, application: number) {
  const { candidate, job, stage, outcome, createdMs, updatedMs } = applicationFacts(account.records, application);
  const facts = candidateFacts(account.records, candidate);
  const { firstName, lastName, emails, person } = facts;
  const shortcode = job === null ? null : remoteIdOf('job', job);
  return {
    id: remoteIdOf('application', application),
    name: hidden(account, nameOf(facts)),
    firstname: firstName,
    lastname: lastName,
    headline: hidden(account, person.title),
    account: { subdomain: account.id, name: hidden(account, 'Customer') },
    job: { shortcode, title: hidden(account, 'Engineer') },
    stage: stage?.name ?? null,
    stage_kind: stage === null ? null : kindOf(stage.name),
    disqualified: outcome === 'rejected',
    withdrew: false,
    disqualification_reason: outcome === 'rejected' ? hidden(account, 'Did not pass the health check') : null,
    hired_at: outcome === 'hired' ? iso(updatedMs) : null,
    sourced: false,
    profile_url: hiddenUrl(account, 'https://customer.workable.com/backend/1'),
    address: hidden(account, `${person.home.street} ${person.houseNumber}`),
    phone: hidden(account, person.phone),
    email: emails[0] ?? null,
    domain: hidden(account, 'friends.example'),
    resume_metadata: { file: hiddenUrl(account, 'https://files.example/cv.pdf') },
    created_at: iso(createdMs),
    updated_at: iso(rowUpdatedMs(account.records, application)),
  };
}

/** What only the detail holds: nobody should ask for it. */
export const candidateDetail = (account: Account, application: number) => ({
  ...candidateRow(account, application),
  image_url: hiddenUrl(account, 'https://pictures.example/1'),
  cover_letter: hidden(account, 'My mother is ill'),
  summary: hidden(account, 'I am pregnant'),
  education_entries: [{ school: hidden(account, 'School for the deaf') }],
  experience_entries: [{ company: hidden(account, 'The union') }],
  skills: [{ name: hidden(account, 'Sign language') }],
  answers: [{ question: 'Health', answer: hidden(account, 'I need a lift') }],
  resume_url: hiddenUrl(account, 'https://files.example/cv.pdf'),
  social_profiles: [{ url: hiddenUrl(account, 'https://social.example/1') }],
  outbound_mailbox: hiddenEmail(account, 'mailbox@workable.example'),
  tags: [hidden(account, 'sick leave')],
  location: { location_str: hidden(account, 'Storgatan 1') },
  uploader_id: hidden(account, '4000001'),
});
