import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { applicationsOf } from '../../live/links.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';

const iso = (ms: number): string => new Date(ms).toISOString();
const numberOf = (resource: 'user' | 'job' | 'candidate' | 'application', index: number): number => Number(remoteIdOf(resource, index));

/** More stages than any job has. */
const STAGES = 64;
export const stageNumber = (job: number, key: number): number => 40_000_000 + job * STAGES + key;

function statusOf(account: Account, index: number): string {
  const { status, visibility } = jobFacts(account.records, index);
  if (status !== 'OPEN') return { CLOSED: 'closed', DRAFT: 'draft', ARCHIVED: 'archived' }[status] ?? status;
  return visibility === 'PUBLIC' || visibility === null ? 'published' : 'internal';
}

/** As in lists: without the pipeline. */
export function offerRow(account: Account, index: number) {
  const facts = jobFacts(account.records, index);
  const [recruiter, manager, ...followers] = facts.team;
  const place = facts.place;
  return {
    id: numberOf('job', index),
    title: facts.name ?? 'Untitled',
    status: statusOf(account, index),
    kind: 'job',
    slug: hidden(account, `offer-${index}`),
    location: hidden(account, place === null ? 'Remote' : `${place.street} 1, ${place.city}`),
    city: place?.city ?? null,
    state_name: place?.region ?? null,
    country_code: place?.country ?? null,
    street: hidden(account, place?.street ?? ''),
    postal_code: hidden(account, place?.zip ?? ''),
    department_id: 5,
    department: hidden(account, facts.vacancy.department),
    created_at: iso(facts.createdMs),
    updated_at: iso(facts.updatedMs),
    published_at: null,
    closed_at: null,
    careers_url: hiddenUrl(account, `https://customer.recruitee.com/o/${index}`),
    adminapp_url: hiddenUrl(account, `https://app.recruitee.com/#/offers/${index}`),
    recruiter_id: recruiter === undefined ? null : numberOf('user', recruiter),
    hiring_manager_id: manager === undefined ? null : numberOf('user', manager),
    followers: followers.map((user) => ({ id: numberOf('user', user) })),
    mailbox_email: hiddenEmail(account, 'job.1@customer.recruitee.com'),
    eeo_settings: hidden(account, 'required'),
    offer_tags: [hidden(account, 'replaces a person on sick leave')],
    description: hidden(account, '<p>Call Anna, +46 8 123 45 67</p>'),
  };
}

/** A pool of people for later: no vacancy, and nobody stands in it here. */
export const poolRow = (account: Account, number: number) => ({
  ...offerRow(account, 0),
  id: 900_000 + number,
  title: 'Talents',
  kind: 'talent_pool',
  status: 'published',
});

export const offerDetail = (account: Account, index: number) => ({
  ...offerRow(account, index),
  pipeline_template: {
    stages: jobFacts(account.records, index).stages.map(({ key, name }, position) => ({
      id: stageNumber(index, key),
      name,
      category: position === 0 ? 'apply' : 'interview',
      group: 'flow',
      position,
      locked: position === 0,
      placements_count: 3,
    })),
  },
});

export function adminRow(account: Account, index: number) {
  const { firstName, lastName, email } = userFacts(account.records, index);
  return {
    id: numberOf('user', index),
    first_name: firstName,
    last_name: lastName,
    email,
    role: hidden(account, 'recruiter'),
  };
}

export function candidateRow(account: Account, index: number) {
  const { firstName, lastName, emails, person, createdMs, updatedMs } = candidateFacts(account.records, index);
  const { records } = account;
  return {
    id: numberOf('candidate', index),
    name: [firstName, lastName].filter((part) => part !== null).join(' '),
    emails: emails.map((email, place) => (place === 0 ? email : hiddenEmail(account, email))),
    phones: [hidden(account, person.phone)],
    created_at: iso(createdMs),
    updated_at: iso(updatedMs),
    source: hidden(account, 'Referral'),
    referrer: hidden(account, 'A. Berg'),
    photo_thumb_url: hiddenUrl(account, 'https://pictures.example/2'),
    ratings: { yes: 1 },
    my_last_rating: hidden(account, 'yes'),
    tasks_count: 2,
    cv_url: hiddenUrl(account, 'https://files.example/cv.pdf'),
    social_links: [hiddenUrl(account, `https://social.example/${person.handle}`)],
    fields: [{ kind: 'birth_date', values: [hidden(account, person.birthDate)] }],
    cover_letter: hidden(account, 'My mother is ill'),
    placements: applicationsOf(records, index)
      .filter((application) => !records.tables.application.live(application).isDeleted)
      .flatMap((application) => placementRow(account, application)),
  };
}

/** An application: a place in an offer’s pipeline. */
function placementRow(account: Account, index: number) {
  const { candidate, job, stage, outcome, createdMs, updatedMs } = applicationFacts(account.records, index);
  if (job === null) return [];
  return [
    {
      id: numberOf('application', index),
      candidate_id: numberOf('candidate', candidate),
      offer_id: numberOf('job', job),
      stage_id: stage === null ? null : stageNumber(job, stage.key),
      position: 1,
      hired_at: outcome === 'hired' ? iso(updatedMs) : null,
      created_at: iso(createdMs),
      updated_at: iso(updatedMs),
      disqualified: outcome === 'rejected',
    },
  ];
}
