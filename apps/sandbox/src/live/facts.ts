import type { Resource } from '#libs/model';
import { daysOf, SEEDED_UNTIL_MS } from '../people/days.js';
import { draw } from '../people/draw.js';
import { candidateOf as personOfCandidate, employeeOf, type Person } from '../people/person.js';
import type { Place } from '../people/places.js';
import { vacancyOf, type Vacancy } from '../people/vacancy.js';
import { candidateOf, jobOf, stageKeyOf, stagesOf, teamOf } from './links.js';
import type { Records } from './records.js';
import type { StageSpec } from './table.js';

interface Dated {
  readonly createdMs: number;
  readonly updatedMs: number;
}

/** A recruiter or hiring manager as their ATS knows them. */
export interface UserFacts extends Dated {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly person: Person;
  readonly isActive: boolean;
}

export interface JobFacts extends Dated {
  readonly name: string | null;
  readonly status: string;
  readonly visibility: string | null;
  readonly place: Place | null;
  readonly stages: readonly StageSpec[];
  /** Numbers of users who are there. */
  readonly team: readonly number[];
  readonly vacancy: Vacancy;
}

export interface CandidateFacts extends Dated {
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** The first is the one to write to. */
  readonly emails: readonly string[];
  readonly person: Person;
}

export interface ApplicationFacts extends Dated {
  readonly candidate: number;
  /** Null: held without a job. */
  readonly job: number | null;
  /** With its place among the job's stages; null for none. */
  readonly stage: (StageSpec & { readonly position: number }) | null;
  readonly outcome: 'pending' | 'rejected' | 'hired';
}

/** As in the records of Kombo's stand-in: the same days from the same seed. */
const TOPICS: { readonly [R in Resource]: number } = { user: 110, job: 91, candidate: 70, application: 80 };

/** When the record last changed at the ATS. */
export function updatedMsOf(records: Records, resource: Resource, index: number): number {
  const { atMs } = records.tables[resource].live(index);
  if (atMs !== null) return atMs;
  return daysOf(records.recipe.seed, index, TOPICS[resource]).updatedMs;
}

/** Nothing that is as seeded changed at or after this moment. */
export const SEED_ENDS_MS = SEEDED_UNTIL_MS;

function datesOf(records: Records, resource: Resource, index: number): Dated {
  const { atMs } = records.tables[resource].live(index);
  const isSeeded = index < records.tables[resource].seeded;
  const days = daysOf(records.recipe.seed, index, TOPICS[resource]);
  return { createdMs: isSeeded || atMs === null ? days.createdMs : atMs, updatedMs: atMs ?? days.updatedMs };
}

export function userFacts(records: Records, index: number): UserFacts {
  const { seed } = records.recipe;
  const person = employeeOf(seed, index);
  const { fields } = records.tables.user.live(index).change;
  return {
    ...datesOf(records, 'user', index),
    firstName: textIn(fields, 'first_name', person.firstName),
    lastName: textIn(fields, 'last_name', person.lastName),
    email: textIn(fields, 'email', person.emails[0] ?? null),
    person,
    isActive: textIn(fields, 'status', draw(seed, index, 102) % 12 === 0 ? 'INACTIVE' : 'ACTIVE') === 'ACTIVE',
  };
}

export function jobFacts(records: Records, index: number): JobFacts {
  const { change } = records.tables.job.live(index);
  const vacancy = vacancyOf(records.recipe.seed, index, records.recipe.users);
  const { fields } = change;
  return {
    ...datesOf(records, 'job', index),
    name: textIn(fields, 'name', vacancy.name),
    status: textIn(fields, 'status', vacancy.status) ?? 'OPEN',
    visibility: textIn(fields, 'visibility', vacancy.visibility),
    place: vacancy.place,
    stages: stagesOf(records, index, change),
    team: teamOf(records, index, change).filter((user) => !records.tables.user.live(user).isDeleted),
    vacancy,
  };
}

export function candidateFacts(records: Records, index: number): CandidateFacts {
  const person = personOfCandidate(records.recipe.seed, index);
  const { fields } = records.tables.candidate.live(index).change;
  return {
    ...datesOf(records, 'candidate', index),
    firstName: textIn(fields, 'first_name', person.firstName),
    lastName: textIn(fields, 'last_name', person.lastName),
    emails: emailsIn(fields['email_addresses']) ?? person.emails,
    person,
  };
}

export function applicationFacts(records: Records, index: number): ApplicationFacts {
  const { change } = records.tables.application.live(index);
  const job = jobOf(records, index, change);
  return {
    ...datesOf(records, 'application', index),
    candidate: candidateOf(records, index, change),
    job,
    stage: job === null ? null : stageIn(records, job, stageKeyOf(records, index, change)),
    outcome: outcomeOf(draw(records.recipe.seed, index, 83) % 100),
  };
}

function stageIn(records: Records, job: number, key: number | null): ApplicationFacts['stage'] {
  const stages = stagesOf(records, job, records.tables.job.live(job).change);
  const position = stages.findIndex((stage) => stage.key === key);
  const stage = stages[position];
  return stage === undefined ? null : { ...stage, position };
}

function outcomeOf(drawn: number): ApplicationFacts['outcome'] {
  if (drawn < 78 || drawn >= 97) return 'pending';
  return drawn < 92 ? 'rejected' : 'hired';
}

/** What the control API set; null may be set too. */
function textIn(fields: Readonly<Record<string, unknown>>, name: string, seeded: string | null): string | null {
  if (!(name in fields)) return seeded;
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

function emailsIn(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return value === null ? [] : undefined;
  return value.flatMap((entry: unknown) => {
    const email = typeof entry === 'object' && entry !== null && 'email_address' in entry ? entry.email_address : null;
    return typeof email === 'string' ? [email] : [];
  });
}
