import type { Resource } from '#libs/model';
import { Body, ControlError } from './checked.js';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTextOrNull: Check = (value) => value === null || isText(value);
const isBooleanOrNull: Check = (value) => value === null || typeof value === 'boolean';
const isTimeOrNull: Check = (value) => value === null || (typeof value === 'string' && !Number.isNaN(new Date(value).getTime()));
const isObjectOrNull: Check = (value) => typeof value === 'object' && !Array.isArray(value);
const isObjects: Check = (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null);
const isObjectsOrNull: Check = (value) => value === null || isObjects(value);

/** What may be set on a record, by Kombo's name: its own columns. Enumerations take any text, for what Kombo may add one day. */
const SETTABLE: { readonly [R in Resource]: Readonly<Record<string, Check>> } = {
  user: { first_name: isTextOrNull, last_name: isTextOrNull, email: isTextOrNull, status: isTextOrNull },
  job: {
    name: isTextOrNull,
    job_code: isTextOrNull,
    description: isTextOrNull,
    status: isTextOrNull,
    visibility: isTextOrNull,
    confidential: isBooleanOrNull,
    employment_type: isTextOrNull,
    department: isTextOrNull,
    location: isObjectOrNull,
    closed_at: isTimeOrNull,
    remote_created_at: isTimeOrNull,
    remote_updated_at: isTimeOrNull,
    remote_data: isObjectOrNull,
  },
  candidate: {
    first_name: isTextOrNull,
    last_name: isTextOrNull,
    email_addresses: isObjectsOrNull,
    phone_numbers: isObjectsOrNull,
    social_media: isObjectsOrNull,
    tags: isObjects,
    company: isTextOrNull,
    title: isTextOrNull,
    source: isTextOrNull,
    location: isObjectOrNull,
    custom_fields: isObjectOrNull,
    remote_created_at: isTimeOrNull,
    remote_updated_at: isTimeOrNull,
    remote_data: isObjectOrNull,
  },
  application: {
    outcome: isTextOrNull,
    rejection_reason_name: isTextOrNull,
    rejected_at: isTimeOrNull,
    custom_fields: isObjectOrNull,
    screening_question_answers: isObjectsOrNull,
    remote_created_at: isTimeOrNull,
    remote_updated_at: isTimeOrNull,
    remote_data: isObjectOrNull,
  },
};

export function readFields(resource: Resource, body: Body): Readonly<Record<string, unknown>> {
  const fields = body.object('fields') ?? {};
  const checks = SETTABLE[resource];
  for (const [name, value] of Object.entries(fields)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) throw new ControlError(`fields.${name} cannot be set; these can: ${Object.keys(checks).join(', ')}`);
    if (!check(value)) throw new ControlError(`fields.${name} is of the wrong type`);
  }
  return fields;
}
