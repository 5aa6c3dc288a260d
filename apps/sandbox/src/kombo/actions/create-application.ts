import { vacancyOf } from '../../people/vacancy.js';
import { EMAIL, type Fields } from '../fields.js';
import type { Integration } from '../integration.js';
import { stagesOf } from '../../live/links.js';
import { addApplication } from '../../live/changing.js';
import { applicationRecord } from '../records/application.js';
import { candidateRecord } from '../records/candidate.js';
import type { Json } from '../records/parts.js';
import { copyRecord } from '../sync.js';
import { refused, type Deed, type Site } from './action.js';
import { loadFile, readFile } from './attachments.js';
import { hasStage, stageOf } from './decisions.js';

const ADDRESS_TYPES = ['PERSONAL', 'WORK', 'OTHER'] as const;

/** `POST /ats/jobs/{id}/applications`. Kombo, which gives the new records their ids, holds them from then on. */
export function prepareApplication(body: Fields): Deed {
  const candidate = readCandidate(body.part('candidate'));
  const stageId = body.optionalText('stage_id');
  const files = body.list('attachments').map(readFile);
  for (const answer of body.list('screening_question_answers')) answer.text('question_id');
  body.optionalText('source');
  body.object('sourced_by')?.text('user_id');
  body.skip('gdpr_consent', 'remote_fields');
  body.end();
  return async (site) => {
    const { integration, nowMs } = site;
    const job = openJob(site);
    const stage = stageKey(site, job, stageId);
    const loaded = await Promise.all(files.map(loadFile));
    const added = add(integration, candidate, job, stage, nowMs);
    integration.attachments.push(...loaded.map((file) => ({ ...file, ...added, createdMs: nowMs })));
    return { ...applicationRecord(integration, added.application), candidate: candidateRecord(integration, added.candidate) };
  };
}

function openJob({ integration, index }: Site): number {
  const { fields } = integration.tables.job.live(index).change;
  const { seed, users } = integration.recipe;
  const status = 'status' in fields ? fields['status'] : vacancyOf(seed, index, users).status;
  if (status === 'CLOSED' || status === 'ARCHIVED') throw refused('The job is closed.', 'ATS.JOB_CLOSED');
  return index;
}

function stageKey(site: Site, job: number, stageId: string | null): number | null {
  if (stageId === null) return stagesOf(site.integration, job, site.integration.tables.job.live(job).change)[0]?.key ?? null;
  const stage = stageOf(site, stageId);
  if (stage.job !== job || !hasStage(site, job, stage.key)) throw refused('The stage is not one of the job.');
  return stage.key;
}

function add(integration: Integration, fields: Json, job: number, stage: number | null, nowMs: number) {
  const candidate = integration.tables.candidate.add({ fields, links: {} });
  const pending = { outcome: 'PENDING', rejection_reason_name: null, rejected_at: null, screening_question_answers: [] };
  const application = addApplication(integration, candidate, { fields: pending, links: { job, stage } });
  integration.tables.candidate.markThroughKombo(candidate);
  integration.tables.application.markThroughKombo(application);
  copyRecord(integration, 'candidate', candidate, nowMs);
  copyRecord(integration, 'application', application, nowMs);
  return { application, candidate };
}

/** As the candidate's record will hold them. */
function readCandidate(given: Fields): Json {
  const more = given.list('additional_email_addresses');
  const phones = given.list('additional_phone_numbers');
  const phone = given.optionalText('phone_number');
  const read = {
    first_name: given.text('first_name'),
    last_name: given.text('last_name'),
    email_addresses: [{ email_address: given.text('email_address', EMAIL), type: null }, ...more.map(readEmail)],
    phone_numbers: [...(phone === null ? [] : [{ phone_number: phone, type: null }]), ...phones.map(readPhone)],
    company: given.optionalText('company'),
    title: given.optionalText('title'),
    location: readLocation(given.object('location')),
    social_media: given.list('social_links').map((link) => ({ link: link.text('url'), type: null, username: null })),
    source: null,
    tags: [],
    custom_fields: {},
  };
  given.oneOf('gender', ['MALE', 'FEMALE', 'OTHER']);
  given.optionalText('availability_date');
  given.object('salary_expectations')?.oneOf('period', ['MONTH', 'YEAR']);
  given.end();
  return read;
}

const readEmail = (entry: Fields) => ({ email_address: entry.text('email_address', EMAIL), type: entry.oneOf('type', ADDRESS_TYPES) });

const readPhone = (entry: Fields) => ({ phone_number: entry.text('phone_number'), type: entry.optionalText('type') });

function readLocation(place: Fields | null): Json | null {
  if (place === null) return null;
  const country = place.text('country', /^[A-Z]{2}$/);
  const [city, state, street_1, zip_code] = ['city', 'state', 'street_1', 'zip_code'].map((name) => place.optionalText(name));
  place.end();
  return { city, country, raw: null, state, street_1, street_2: null, zip_code };
}
