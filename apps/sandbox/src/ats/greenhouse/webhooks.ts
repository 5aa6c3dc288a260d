import { createHmac } from 'node:crypto';
import type { Account } from '../account.js';
import type { Delivery, Happening } from '../vendor.js';
import { applicationRow, candidateRow, jobRow, numberOf } from './rows.js';
import { applicationFacts } from '../../live/facts.js';

const ACTIONS: Readonly<Record<string, string>> = {
  'application created': 'new_candidate_application',
  'application updated': 'application_updated',
  'application moved': 'candidate_stage_change',
  'application deleted': 'delete_application',
  'candidate updated': 'update_candidate',
  'candidate deleted': 'delete_candidate',
  'job created': 'job_created',
  'job updated': 'job_updated',
  'job deleted': 'job_deleted',
};

/** Signed over the bytes as they go out, with unicode escaped before (Greenhouse webhook documentation, 2026-01-20). */
export function webhooksOf(account: Account, happening: Happening, secret: string): readonly Delivery[] {
  const action = ACTIONS[`${happening.resource} ${happening.what}`];
  if (action === undefined) return [];
  const body = escaped(JSON.stringify({ action, payload: payloadOf(account, happening) }));
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const headers = {
    signature: `sha256 ${signature}`,
    'greenhouse-event-id': `${numberOf(happening.resource, happening.index)}${account.clock.nowMs()}`,
  };
  return [{ type: action, body, headers }];
}

/** All that the vendor sends, the person's contact data too. */
function payloadOf(account: Account, { resource, index }: Happening): object {
  if (resource === 'job') return { job: jobRow(account, index) };
  if (resource === 'candidate') return { candidate: candidateRow(account, index) };
  const { candidate, job } = applicationFacts(account.records, index);
  const jobs = job === null ? [] : [jobRow(account, job)];
  return { application: { ...applicationRow(account, index), jobs, candidate: candidateRow(account, candidate) } };
}

const escaped = (json: string): string =>
  json.replace(/[<>&\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
