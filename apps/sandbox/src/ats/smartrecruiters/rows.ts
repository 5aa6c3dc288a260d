import { candidateFacts, jobFacts, userFacts, type JobFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { hidden, type Account } from '../account.js';
import { assignmentsOf, candidateUpdatedMs, type Assignment } from './assignments.js';

type Row = Readonly<Record<string, unknown>>;

const iso = (ms: number): string => new Date(ms).toISOString();
const action = (path: string): Row => ({ url: `https://api.smartrecruiters.com${path}`, method: 'GET' });

const JOB_STATUS_OF: Readonly<Record<string, string>> = { OPEN: 'SOURCING', CLOSED: 'FILLED', DRAFT: 'CREATED', ARCHIVED: 'CANCELLED' };
const POSTING_OF: Readonly<Record<string, string>> = { PUBLIC: 'PUBLIC', INTERNAL: 'INTERNAL', CONFIDENTIAL: 'PRIVATE' };

const COUNTRIES = new Intl.DisplayNames(['en'], { type: 'region' });

/** As `GET /user-api/v201804/users` has them, the fields that nobody should read too. */
export function userRow(account: Account, index: number): Row {
  const facts = userFacts(account.records, index);
  return {
    id: remoteIdOf('user', index),
    email: facts.email,
    firstName: facts.firstName,
    lastName: facts.lastName,
    role: index % 5 === 0 ? { id: 'ADMINISTRATOR', name: 'Administrator' } : { id: 'STANDARD', name: 'Standard' },
    active: facts.isActive,
    updatedOn: iso(facts.updatedMs),
    externalData: hidden(account, `employee ${index}`),
    phone: hidden(account, facts.person.phone),
  };
}

/** As in the list; the detail adds to it. */
export function jobRow(account: Account, index: number): Row {
  const facts = jobFacts(account.records, index);
  const id = remoteIdOf('job', index);
  return {
    id,
    title: facts.name ?? 'Untitled',
    refNumber: hidden(account, `REF${index}`),
    createdOn: iso(facts.createdMs),
    updatedOn: iso(facts.updatedMs),
    lastActivityOn: iso(facts.updatedMs),
    department: { id: departmentOf(facts), label: hidden(account, facts.vacancy.department) },
    location: locationOf(account, facts),
    status: JOB_STATUS_OF[facts.status] ?? facts.status,
    postingStatus: POSTING_OF[facts.visibility ?? ''] ?? 'NOT_PUBLISHED',
    actions: { details: action(`/jobs/${id}`) },
  };
}

export const departmentOf = ({ vacancy }: JobFacts): string => `dep-${[...vacancy.department].length}${vacancy.department.charCodeAt(0)}`;

function locationOf(account: Account, { place }: JobFacts): Row {
  if (place === null) return { remote: true };
  return {
    country: COUNTRIES.of(place.country),
    countryCode: place.country.toLowerCase(),
    region: place.region,
    regionCode: place.region.slice(0, 2),
    city: place.city,
    address: hidden(account, place.street),
    postalCode: hidden(account, place.zip),
    remote: false,
  };
}

/** What is paid, what is advertised, what the customer notes, who made it: all of that comes with the one field that is needed. */
export function jobDetail(account: Account, index: number): Row {
  const { vacancy } = jobFacts(account.records, index);
  const section = (text: string) => ({ title: hidden(account, 'Section'), text: hidden(account, text) });
  return {
    ...jobRow(account, index),
    hiringProcess: { id: processIdOf(index) },
    compensation: { min: vacancy.salary, max: vacancy.salary + 9_000, currency: hidden(account, 'SEK') },
    jobAd: {
      sections: {
        jobDescription: section('<p>Nights and weekends</p>'),
        additionalInformation: section('<p>Call Anna, +46 8 123 45 67</p>'),
      },
    },
    properties: [{ id: 'budget', label: hidden(account, 'Budget'), value: { id: 'b1', label: hidden(account, `${vacancy.salary} SEK`) } }],
    creator: { firstName: hidden(account, 'Åsa'), lastName: hidden(account, 'Lindqvist') },
    industry: { id: 'computer_software', label: hidden(account, 'Computer Software') },
    function: { id: 'engineering', label: hidden(account, 'Engineering') },
    typeOfEmployment: { id: 'permanent', label: hidden(account, 'Full-time') },
    experienceLevel: { id: 'mid_senior_level', label: hidden(account, 'Mid-Senior Level') },
    targetHiringDate: hidden(account, '2026-12-01'),
    template: false,
  };
}

const PROCESS = 'hp-';

/** Every job has a hiring process of its own. */
export const processIdOf = (job: number): string => PROCESS + remoteIdOf('job', job);

/** The id of the job whose process it is; empty where it is none. */
export const jobIdOfProcess = (id: string): string => (id.startsWith(PROCESS) ? id.slice(PROCESS.length) : '');

/** As in the list: phone number, education and experience are on the detail alone (SmartRecruiters API reference, 2026). */
export function candidateRow(account: Account, index: number): Row {
  const facts = candidateFacts(account.records, index);
  const { person } = facts;
  const [primary, ...secondary] = assignmentsOf(account.records, index).map((assignment) => assignmentRow(account, assignment));
  const id = remoteIdOf('candidate', index);
  return {
    id,
    internal: false,
    firstName: facts.firstName,
    lastName: facts.lastName,
    email: facts.emails[0] ?? null,
    createdOn: iso(facts.createdMs),
    updatedOn: iso(candidateUpdatedMs(account.records, index)),
    primaryAssignment: primary ?? { status: 'LEAD', subStatus: null },
    secondaryAssignments: secondary,
    location: {
      city: hidden(account, person.home.city),
      region: hidden(account, person.home.region),
      country: hidden(account, person.home.country),
      address: hidden(account, `${person.home.street} ${person.houseNumber}`),
    },
    averageRating: 1 + (index % 5),
    tags: [hidden(account, 'pregnant')],
    actions: { details: action(`/candidates/${id}`) },
  };
}

/**
 * The secondary ones are given their status too: the reference of 2026 shows it for the primary assignment alone, and the client of 2017 shows
 * nothing but the job for both, so this is not certain.
 */
function assignmentRow(account: Account, { job, status, subStatus }: Assignment): Row {
  const id = remoteIdOf('job', job);
  const title = hidden(account, jobFacts(account.records, job).name ?? 'Untitled');
  return { job: { id, title, actions: { details: action(`/jobs/${id}`) } }, status, subStatus };
}
