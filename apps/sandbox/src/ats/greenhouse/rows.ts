import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, hiddenEmail, hiddenUrl, type Account } from '../account.js';

type Row = Readonly<Record<string, unknown>>;

const iso = (ms: number): string => new Date(ms).toISOString();
export const numberOf = (resource: 'user' | 'job' | 'candidate' | 'application', index: number): number =>
  Number(remoteIdOf(resource, index));

const STATUSES: Readonly<Record<string, string>> = { OPEN: 'open', CLOSED: 'closed', DRAFT: 'draft', ARCHIVED: 'closed' };

/** As of the registry of the v3 reference (2026-08), the fields that nobody should ask for too. */
export function jobRow(account: Account, index: number): Row {
  const facts = jobFacts(account.records, index);
  return {
    id: numberOf('job', index),
    name: facts.name ?? 'Untitled',
    status: STATUSES[facts.status] ?? facts.status,
    confidential: facts.visibility === 'CONFIDENTIAL',
    office_ids: facts.place === null ? [] : [officeOf(facts.place.city)],
    updated_at: iso(facts.updatedMs),
    created_at: iso(facts.createdMs),
    is_template: false,
    requisition_id: hidden(account, `REQ-${index}`),
    department_id: 7_000 + (index % 6),
    opened_at: iso(facts.createdMs),
    closed_at: null,
    copied_from_id: null,
    notes: hidden(account, '<p>Ceiling 52 000, do not tell</p>'),
    custom_fields: { salary: { name: 'Salary', type: 'currency', value: hidden(account, `${facts.vacancy.salary} SEK`) } },
  };
}

/** One post for each job; an internal one for what is not advertised. */
export function postRow(account: Account, index: number): Row {
  const facts = jobFacts(account.records, index);
  const isPublic = facts.visibility === 'PUBLIC' || facts.visibility === null;
  return {
    id: 8_000_000 + index,
    job_id: numberOf('job', index),
    title: facts.name ?? 'Untitled',
    internal: !isPublic,
    live: facts.visibility !== 'UNLISTED',
    active: true,
    public_url: hiddenUrl(account, `https://boards.example/${index}`),
    updated_at: iso(facts.updatedMs),
    content: hidden(account, '<p>Call Anna, +46 8 123 45 67</p>'),
    internal_content: hidden(account, 'Replaces a person on sick leave'),
    questions: [{ label: hidden(account, 'Are you pregnant?') }],
  };
}

export function userRow(account: Account, index: number): Row {
  const facts = userFacts(account.records, index);
  return {
    id: numberOf('user', index),
    first_name: facts.firstName,
    last_name: facts.lastName,
    primary_email: facts.email,
    deactivated: !facts.isActive,
    site_admin: index % 5 === 0,
    updated_at: iso(facts.updatedMs),
    created_at: iso(facts.createdMs),
    employee_id: hidden(account, `E${index}`),
    custom_fields: { shoe_size: { value: hidden(account, '43') } },
    emails: facts.person.emails.map((email) => hiddenEmail(account, email)),
    linked_candidate_ids: [],
  };
}

export function candidateRow(account: Account, index: number): Row {
  const facts = candidateFacts(account.records, index);
  const { person } = facts;
  return {
    id: numberOf('candidate', index),
    first_name: facts.firstName,
    last_name: facts.lastName,
    email_addresses: facts.emails.map((value, place) => ({
      value: place === 0 ? value : hiddenEmail(account, value),
      type: place === 0 ? 'personal' : 'work',
    })),
    private: false,
    created_at: iso(facts.createdMs),
    updated_at: iso(facts.updatedMs),
    phone_numbers: [{ value: hidden(account, person.phone), type: 'mobile' }],
    addresses: [{ value: hidden(account, `${person.home.street} ${person.houseNumber}`), type: 'home' }],
    website_addresses: [{ value: hiddenUrl(account, `https://web.example/${person.handle}`), type: 'personal' }],
    social_media_addresses: [{ value: hiddenUrl(account, `https://social.example/${person.handle}`) }],
    custom_fields: { desired_salary: { value: hidden(account, String(person.salary)) } },
    company: hidden(account, person.company),
    title: hidden(account, person.title),
    tags: [hidden(account, 'pregnant')],
    preferred_name: hidden(account, person.handle),
    time_zone: hidden(account, 'Europe/Stockholm'),
    linked_user_ids: [],
  };
}

const STATUS_OF = { pending: 'in_process', rejected: 'rejected', hired: 'hired' } as const;

/** `stage_id` names an instance of a stage and joins to no stage of the job: that is the vendor's own trap. */
export function applicationRow(account: Account, index: number): Row {
  const facts = applicationFacts(account.records, index);
  return {
    id: numberOf('application', index),
    candidate_id: numberOf('candidate', facts.candidate),
    job_id: facts.job === null ? null : numberOf('job', facts.job),
    status: STATUS_OF[facts.outcome],
    stage_id: facts.stage === null ? null : instanceOf(index, facts.stage.key),
    stage_name: facts.stage?.name ?? null,
    prospect: facts.job === null,
    created_at: iso(facts.createdMs),
    updated_at: iso(facts.updatedMs),
    rejected_at: facts.outcome === 'rejected' ? iso(facts.updatedMs) : null,
    answers: [{ question: 'Health', answer: hidden(account, 'I need a lift') }],
    custom_fields: { notice_period: { value: hidden(account, 'three months') } },
    location_address: hidden(account, 'Storgatan 1'),
    referrer_id: 1,
    source_id: 2,
    agency_note_id: null,
  };
}

/** The current one; those that were left too. */
export function applicationStageRows(account: Account, index: number): readonly Row[] {
  const { job, stage, updatedMs, createdMs } = applicationFacts(account.records, index);
  if (job === null || stage === null) return [];
  const row = (key: number, current: boolean) => ({
    id: instanceOf(index, key),
    application_id: numberOf('application', index),
    job_interview_stage_id: stageNumber(job, key),
    current,
    entered_at: iso(createdMs),
    exited_at: current ? null : iso(updatedMs),
    days_in_stage: 3,
    created_at: iso(createdMs),
    updated_at: iso(updatedMs),
  });
  return stage.key === 0 ? [row(0, true)] : [row(stage.key, true), row(0, false)];
}

/** More stages than any job has. */
const STAGES = 64;
export const stageNumber = (job: number, key: number): number => 60_000_000 + job * STAGES + key;
const instanceOf = (application: number, key: number): number => 900_000_000 + application * STAGES + key;

/** An office per city. */
export const officeOf = (city: string): number => 5_000 + ([...city].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 90_000);
