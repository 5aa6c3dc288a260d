import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import type { StageSpec } from '../../live/table.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';
import { rowUpdatedMs } from './slices.js';

const iso = (ms: number): string => new Date(ms).toISOString();

export const slugOf = ({ name, key }: StageSpec): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || `stage-${key}`;

/** Guessed by the name: what Workable itself sets with its pipelines. */
export function kindOf(name: string): string {
  const kinds = [
    ['applied', /appl/i],
    ['assessment', /assess/i],
    ['interview', /interview/i],
    ['offer', /offer/i],
  ] as const;
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'shortlisted';
}

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
    id: `j${shortcode}`,
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

/** Besides the list's: what describes the job. */
export const jobDetail = (account: Account, index: number) => ({
  ...jobRow(account, index),
  description: hidden(account, '<p>Call Anna, +46 8 123 45 67</p>'),
  requirements: hidden(account, 'Patience'),
  benefits: hidden(account, 'Fruit'),
});

function locationOf(account: Account, index: number) {
  const { place } = jobFacts(account.records, index);
  if (place === null) return null;
  const { city, region, country, zip } = place;
  return {
    location_str: hidden(account, `${city}, ${region}, ${country}`),
    country: country,
    country_code: country,
    region,
    region_code: hidden(account, region),
    city,
    zip_code: hidden(account, zip),
    telecommuting: false,
    workplace_type: hidden(account, 'on_site'),
  };
}

export const stageRows = (account: Account, job: number) =>
  jobFacts(account.records, job).stages.map((stage, position) => ({
    slug: slugOf(stage),
    name: stage.name,
    kind: kindOf(stage.name),
    position,
  }));

export function memberRow(account: Account, index: number) {
  const { firstName, lastName, email, isActive } = userFacts(account.records, index);
  return {
    id: remoteIdOf('user', index),
    name: [firstName, lastName].filter((part) => part !== null).join(' '),
    headline: hidden(account, 'Recruiter'),
    email,
    roles: [hidden(account, 'simple')],
    active: isActive,
    collaboration_rules: [{ reason: hidden(account, 'Team of Anna') }],
  };
}

/** Of a job’s team. */
export const teamRows = (account: Account, job: number) =>
  jobFacts(account.records, job).team.map((user) => {
    const row = memberRow(account, user);
    return { ...row, name: hidden(account, row.name), email: hiddenEmail(account, row.email ?? 'none@example.org') };
  });

/** One row for a person and a job: who applies twice is there twice. */
export function candidateRow(account: Account, application: number) {
  const { candidate, job, stage, outcome, createdMs } = applicationFacts(account.records, application);
  const { firstName, lastName, emails, person } = candidateFacts(account.records, candidate);
  const shortcode = job === null ? null : remoteIdOf('job', job);
  return {
    id: remoteIdOf('application', application),
    name: hidden(account, [firstName, lastName].join(' ')),
    firstname: firstName,
    lastname: lastName,
    headline: hidden(account, person.title),
    account: { subdomain: account.id, name: hidden(account, 'Customer') },
    job: { shortcode, title: hidden(account, 'Engineer') },
    stage: stage?.name ?? null,
    stage_kind: kindOf(stage?.name ?? ''),
    disqualified: outcome === 'rejected',
    withdrew: false,
    disqualification_reason: outcome === 'rejected' ? hidden(account, 'Did not pass the health check') : null,
    hired_at: outcome === 'hired' ? iso(createdMs) : null,
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
  answers: [{ question: 'Health', answer: hidden(account, 'I need a lift') }],
  social_profiles: [{ url: hiddenUrl(account, 'https://social.example/1') }],
  tags: [hidden(account, 'sick leave')],
});
