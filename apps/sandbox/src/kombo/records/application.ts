import { draw } from '../../people/draw.js';
import type { Integration } from '../integration.js';
import { candidateOf, jobOf, stageKeyOf } from '../../live/links.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { applicationCore } from './application-core.js';
import { nestedCandidate } from './candidate.js';
import { stageId } from './job-core.js';
import { customFields, hidden, integrationFields, iso, isoOrNull, rowOf, withinScope, type Json } from './parts.js';
import { placeOf } from '../../people/places.js';
import { locationOf } from './parts.js';

/** Applications' numbers for the ids of what hangs on them, past those of the candidates' fields. */
const FIRST_NESTED = 100_000_000;

/** Kombo's `Application` (OpenAPI 2026-05-02, with the keys that its SDK leaves out). Every field is filled, the forbidden ones too. */
export function applicationRecord(integration: Integration, index: number): Json {
  const row = rowOf(integration.tables.application, index);
  const job = jobOf(integration, index, row.change);
  const stage = stageKeyOf(integration, index, row.change);
  const candidate = candidateOf(integration, index, row.change);
  const record: Json = {
    ...applicationCore(integration, index),
    current_stage_id: job === null || stage === null ? null : stageId(integration, job, stage),
    job_id: job === null ? null : integration.ids.idOf('job', job),
    candidate_id: integration.ids.idOf('candidate', candidate),
    screening_question_answers: answersOf(integration, index),
    custom_fields: customFields(integration, { expected_salary: '41 000 kr', work_permit: true }),
    integration_fields: integrationFields(integration, FIRST_NESTED + index, { disability_status: 'declined to say', referrer: 'A. Berg' }),
    remote_deleted_at: isoOrNull(row.deletedAtMs),
    remote_data: {
      application: {
        id: remoteIdOf('application', index),
        cover_letter: hidden(integration, 'I am writing to you because my mother is ill.'),
      },
    },
    candidate: nestedCandidate(integration, candidate),
    interviews: interviewsOf(integration, index),
    offers: offersOf(integration, index),
  };
  return withinScope(Object.assign(record, row.change.fields), integration.appliedScopes.closedFields('application'));
}

/** One of each kind over the records, EEO questions included. */
function answersOf(integration: Integration, index: number): Json[] {
  const answers: Json[] = [
    { question: question('TEXT', 'Why do you want to work here?'), answer: { content: hidden(integration, 'Because of the people.') } },
    { question: question('SINGLE_SELECT', 'Ethnicity (EEO)'), answer: { choice: hidden(integration, 'Prefer not to say') } },
    { question: question('MULTI_SELECT', 'Disabilities (EEO)'), answer: { choices: [hidden(integration, 'None')] } },
    { question: question('BOOLEAN', 'Are you a veteran?'), answer: { checked: index % 2 === 0 } },
    { question: question('NUMBER', 'Salary expectation'), answer: { number: 41_000 + index } },
    { question: question('DATE', 'Date of birth'), answer: { date: '1990-05-17T00:00:00.000Z' } },
    { question: question('UNKNOWN', 'Anything else?'), answer: { raw: { text: hidden(integration, 'I am pregnant.') } } },
  ];
  const first = index % answers.length;
  return [...answers.slice(first), ...answers.slice(0, first)].slice(0, 3);
}

function question(type: string, title: string): Json {
  return { remote_id: `q-${type.toLowerCase()}`, title, type };
}

function interviewsOf(integration: Integration, index: number): Json[] {
  const drawn = draw(integration.recipe.seed, index, 84);
  if (drawn % 3 !== 0) return [];
  const startMs = Date.UTC(2026, 3, 1 + (drawn % 27), 9);
  return [
    {
      id: integration.ids.idOf('other', FIRST_NESTED * 3 + index),
      remote_id: `interview-${index}`,
      title: hidden(integration, 'Interview about the gap in the CV'),
      starting_at: iso(startMs),
      ending_at: iso(startMs + 3_600_000),
      location: locationOf(integration, placeOf(drawn), 1 + (drawn % 90)),
      canceled: drawn % 7 === 0,
    },
  ];
}

function offersOf(integration: Integration, index: number): Json[] {
  if (draw(integration.recipe.seed, index, 85) % 10 !== 0) return [];
  return [
    { id: integration.ids.idOf('other', FIRST_NESTED * 4 - 1 - index), remote_id: hidden(integration, `offer-${index}`), status: 'SENT' },
  ];
}
