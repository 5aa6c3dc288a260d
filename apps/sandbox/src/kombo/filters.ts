import type { Resource } from '#libs/model';
import type { Integration } from './integration.js';
import { applicationsOf, jobOf, stageKeyOf } from '../live/links.js';
import { applicationFacts } from './records/application-core.js';
import { candidateFacts } from './records/candidate.js';
import { RECORD } from './records/index.js';
import { stageOfId } from './records/job-core.js';
import { rowOf, type Json } from './records/parts.js';
import { indexOfRemoteId } from '../live/remote-ids.js';
import { toMs, type ListQuery } from './query.js';

/** Whether a record passes; asked once per record, before it is made where that is possible. */
export type Test = (index: number) => boolean;

const UNKNOWN = -1;

/** One test per filter of the query. */
export function testsOf(integration: Integration, resource: Resource, query: ListQuery): Test[] {
  return [...query.filters].map(([name, values]) => testOf(integration, resource, name, values));
}

function testOf(integration: Integration, resource: Resource, name: string, values: readonly string[]): Test {
  if (name === 'ids') return among(values.map((id) => integration.ids.numberOf(resource, id)));
  if (name === 'remote_ids') return among(values.map((id) => indexOfRemoteId(resource, id)));
  if (name === 'job_ids' || name === 'job_remote_ids') return onJobs(integration, resource, jobNumbers(integration, name, values));
  if (name === 'current_stage_ids') return inStages(integration, values);
  return onRecord(integration, resource, name, values);
}

/** The records' numbers that `ids` and `remote_ids` name, so that a lookup does not walk the list; null without such a filter. */
export function namedIndexes(integration: Integration, resource: Resource, query: ListQuery): readonly number[] | null {
  const ids = query.filters.get('ids')?.map((id) => integration.ids.numberOf(resource, id));
  const remoteIds = query.filters.get('remote_ids')?.map((id) => indexOfRemoteId(resource, id));
  const named = ids ?? remoteIds;
  if (named === undefined) return null;
  return [...new Set(named)].filter((index) => index !== undefined).sort((a, b) => a - b);
}

function among(numbers: readonly (number | undefined)[]): Test {
  const wanted = new Set(numbers);
  return (index) => wanted.has(index);
}

function jobNumbers(integration: Integration, name: string, values: readonly string[]): ReadonlySet<number> {
  const number = (id: string) => (name === 'job_ids' ? integration.ids.numberOf('job', id) : indexOfRemoteId('job', id));
  return new Set(values.map((id) => number(id) ?? UNKNOWN));
}

function onJobs(integration: Integration, resource: Resource, jobs: ReadonlySet<number>): Test {
  const { application } = integration.tables;
  const isOnJobs = (index: number) => jobs.has(jobOf(integration, index, rowOf(application, index).change) ?? UNKNOWN);
  if (resource === 'application') return isOnJobs;
  return (candidate) =>
    applicationsOf(integration, candidate).some((index) => application.mirrored(index)?.deletedAtMs === null && isOnJobs(index));
}

function inStages(integration: Integration, ids: readonly string[]): Test {
  const wanted = new Set(
    ids.map((id) => stageOfId(integration, id)).map((stage) => (stage === undefined ? '' : `${stage.job}:${stage.key}`)),
  );
  return (index) => {
    const { change } = rowOf(integration.tables.application, index);
    return wanted.has(`${jobOf(integration, index, change)}:${stageKeyOf(integration, index, change)}`);
  };
}

type Match = (record: Json, values: readonly string[]) => boolean;

const isAmong = (field: string): Match => {
  return (record, values) => values.some((value) => value === record[field]);
};
const isSame = (field: string): Match => {
  return (record, values) => values.some((value) => typeof record[field] === 'string' && folded(value) === folded(record[field]));
};

/** Where a whole record would be too much to make. */
const FACTS: typeof RECORD = { ...RECORD, candidate: candidateFacts, application: applicationFacts };

/** Filters that look at the record itself. */
const MATCHES: Readonly<Record<string, Match>> = {
  status: isAmong('status'),
  statuses: isAmong('status'),
  visibilities: isAmong('visibility'),
  employment_types: isAmong('employment_type'),
  job_codes: isAmong('job_code'),
  post_url: isAmong('post_url'),
  outcome: isAmong('outcome'),
  outcomes: isAmong('outcome'),
  first_name: isSame('first_name'),
  last_name: isSame('last_name'),
  emails: isSame('email'),
  email: (record, values) => values.some((value) => emailsOf(record).includes(folded(value))),
  name_contains: (record, values) =>
    values.some((value) => typeof record['name'] === 'string' && folded(record['name']).includes(folded(value))),
  remote_created_after: (record, values) =>
    values.some((value) => typeof record['remote_created_at'] === 'string' && toMs(record['remote_created_at']) >= toMs(value)),
};

function onRecord(integration: Integration, resource: Resource, name: string, values: readonly string[]): Test {
  const match = MATCHES[name];
  return (index) => match?.(FACTS[resource](integration, index), values) ?? false;
}

function emailsOf(record: Json): string[] {
  const addresses: unknown = record['email_addresses'];
  if (!Array.isArray(addresses)) return [];
  return addresses.flatMap((entry: { email_address?: unknown }) =>
    typeof entry.email_address === 'string' ? [folded(entry.email_address)] : [],
  );
}

function folded(text: string): string {
  return text.toLowerCase();
}
