import { draw } from '../../people/draw.js';
import { daysOf } from '../../people/days.js';
import { candidateOf, type Person } from '../../people/person.js';
import type { Integration } from '../integration.js';
import { applicationsOf } from '../../live/links.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { isOpen } from '../scopes.js';
import type { MirrorRow } from '../../live/table.js';
import { applicationCore } from './application-core.js';
import {
  changedAtMs,
  customFields,
  hidden,
  hiddenEmail,
  hiddenUrl,
  integrationFields,
  iso,
  isoOrNull,
  locationOf,
  rowOf,
  withinScope,
  type Json,
} from './parts.js';
import { tagsOf } from './tags.js';

/** Kombo's `Candidate` (OpenAPI 2026-05-02, with the keys that its SDK leaves out). Every field is filled, the forbidden ones too. */
export function candidateRecord(integration: Integration, index: number): Json {
  const row = rowOf(integration.tables.candidate, index);
  const { seed } = integration.recipe;
  const person = candidateOf(seed, index);
  const days = daysOf(seed, index, 70);
  const drawn = draw(seed, index, 73);
  const record: Json = {
    ...candidateCore(integration, index, person),
    company: hidden(integration, person.company),
    title: hidden(integration, person.title),
    confidential: drawn % 20 === 0,
    location: drawn % 15 === 0 ? null : locationOf(integration, person.home, person.houseNumber),
    custom_fields: customFields(integration, {
      salary_expectation: `${person.salary} SEK`,
      birth_date: person.birthDate,
      notice_months: 3,
    }),
    integration_fields: integrationFields(integration, index, { gender: 'female', nationality: 'SE', health_note: 'needs a lift' }),
    remote_created_at: drawn % 60 === 0 ? null : iso(days.createdMs),
    remote_updated_at: remoteUpdatedAt(row, days.updatedMs, drawn),
    changed_at: iso(changedAtMs(row, days.seenMs)),
    remote_deleted_at: isoOrNull(row.deletedAtMs),
    applications: nestedApplications(integration, index),
    remote_data: rawCandidate(integration, index, person),
  };
  return withinScope(Object.assign(record, row.change.fields), integration.appliedScopes.closedFields('candidate'));
}

/** What an application repeats of its candidate. */
export function candidateCore(integration: Integration, index: number, person = candidateOf(integration.recipe.seed, index)): Json {
  const remoteId = remoteIdOf('candidate', index);
  return {
    id: integration.ids.idOf('candidate', index),
    remote_id: remoteId,
    first_name: person.firstName,
    last_name: person.lastName,
    email_addresses: person.emails.map((email, place) =>
      place === 0
        ? { email_address: email, type: 'PRIVATE' }
        : { email_address: hiddenEmail(integration, email), type: hidden(integration, 'OTHER') },
    ),
    phone_numbers: [{ phone_number: hidden(integration, person.phone), type: 'MOBILE' }],
    social_media: [
      {
        link: hiddenUrl(integration, `https://social.example/in/${person.handle}`),
        type: 'LINKEDIN',
        username: hidden(integration, person.handle),
      },
    ],
    source: hidden(integration, 'Referral by an employee'),
    remote_url: hiddenUrl(integration, `https://ats.example/candidates/${remoteId}`),
    tags: tagsOf(integration, index),
  };
}

/** Only what the list's filters look at: they look at a million of them. */
export function candidateFacts(integration: Integration, index: number): Json {
  const { firstName, lastName, emails } = candidateOf(integration.recipe.seed, index);
  const addresses = emails.map((email) => ({ email_address: email }));
  return {
    first_name: firstName,
    last_name: lastName,
    email_addresses: addresses,
    ...rowOf(integration.tables.candidate, index).change.fields,
  };
}

/** The candidate inside an application: with what changed since the seed, within the scopes of its own model; null until Kombo saw it. */
export function nestedCandidate(integration: Integration, index: number): Json | null {
  const isUnseen = integration.tables.candidate.mirrored(index) === undefined;
  if (isUnseen || !isOpen(integration.appliedScopes.model('candidate'))) return null;
  const core = candidateCore(integration, index);
  const { fields } = rowOf(integration.tables.candidate, index).change;
  for (const key of Object.keys(fields)) if (key in core) core[key] = fields[key];
  return withinScope(core, integration.appliedScopes.closedFields('candidate'));
}

function nestedApplications(integration: Integration, candidate: number): Json[] {
  if (!isOpen(integration.appliedScopes.model('application'))) return [];
  const { application } = integration.tables;
  return applicationsOf(integration, candidate)
    .filter((index) => application.mirrored(index)?.deletedAtMs === null)
    .map((index) => applicationCore(integration, index));
}

function remoteUpdatedAt(row: MirrorRow, seededMs: number, drawn: number): string | null {
  if (row.changedAtMs !== null) return iso(row.changedAtMs);
  return drawn % 40 === 0 ? null : iso(seededMs);
}

function rawCandidate(integration: Integration, index: number, person: Person): Json {
  return {
    candidate: {
      id: Number(remoteIdOf('candidate', index)),
      name: [person.firstName, person.lastName].join(' '),
      phone: hidden(integration, person.phone),
      birthday: hidden(integration, person.birthDate),
      home_address: hidden(integration, `${person.home.street} ${person.houseNumber}, ${person.home.zip}`),
      expected_salary: person.salary,
      notes: [{ author: 'HR', text: hidden(integration, 'Returned from sick leave; asked about part time.') }],
    },
  };
}
