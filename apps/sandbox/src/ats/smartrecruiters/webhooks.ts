import { createHmac } from 'node:crypto';
import { applicationFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import type { Account } from '../account.js';
import type { Delivery, Happening } from '../vendor.js';

/** Jobs are cancelled, not deleted, and who is taken out of a job is told of in no event. */
const EVENTS: Readonly<Record<string, string>> = {
  'application created': 'application.created',
  'application updated': 'application.fields.updated',
  'application moved': 'application.status.updated',
  'candidate created': 'candidate.created',
  'candidate updated': 'candidate.updated',
  'candidate deleted': 'candidate.deleted',
  'job created': 'job.created',
  'job updated': 'job.updated',
};

const VERSION = 'v201910';

/** Ids only, and where to look (SmartRecruiters webhook documentation and its client of 2026-02). */
export function webhooksOf(account: Account, happening: Happening, secret: string): readonly Delivery[] {
  const name = EVENTS[`${happening.resource} ${happening.what}`];
  if (name === undefined) return [];
  const { ids, path } = aboutOf(account, happening);
  const body = JSON.stringify(ids);
  const nowMs = account.clock.nowMs();
  const told: Told = {
    timestamp: String(Math.floor(nowMs / 1_000)),
    body,
    id: `${remoteIdOf(happening.resource, happening.index)}-${nowMs}`,
    name,
    version: VERSION,
    link: `<https://api.smartrecruiters.com${path}>; rel=self`,
  };
  // The key that was replaced is good for another day, so that both sign.
  const signature = [`${secret}-before`, secret].map((key) => `v1=${signatureOf(key, told)}`).join(';');
  const headers = {
    'event-id': told.id,
    'event-name': name,
    'event-version': VERSION,
    link: told.link,
    'smartrecruiters-timestamp': told.timestamp,
    'smartrecruiters-signature': signature,
  };
  return [{ type: name, body, headers }];
}

export interface Told {
  readonly timestamp: string;
  readonly body: string;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly link: string;
}

/** Of `timestamp.body.event-id.event-name.event-version.link` (SmartRecruiters webhooks API v201907, secret keys). */
export const signatureOf = (key: string, { timestamp, body, id, name, version, link }: Told): string =>
  createHmac('sha256', key).update([timestamp, body, id, name, version, link].join('.')).digest('hex');

function aboutOf(account: Account, { resource, index }: Happening): { readonly ids: object; readonly path: string } {
  const id = remoteIdOf(resource, index);
  if (resource === 'job') return { ids: { job_id: id }, path: `/jobs/${id}` };
  if (resource === 'candidate') return { ids: { candidate_id: id }, path: `/candidates/${id}` };
  const { candidate, job } = applicationFacts(account.records, index);
  const candidateId = remoteIdOf('candidate', candidate);
  const jobId = job === null ? null : remoteIdOf('job', job);
  return { ids: { job_id: jobId, candidate_id: candidateId }, path: `/candidates/${candidateId}/jobs/${jobId}` };
}
