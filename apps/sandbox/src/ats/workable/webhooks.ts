import { createHmac } from 'node:crypto';
import { applicationsOf } from '../../live/links.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import type { Account } from '../account.js';
import type { Delivery, Happening } from '../vendor.js';
import { candidateDetail } from './rows.js';

/**
 * There is no event for an edit of a person or a job. `data` is the whole candidate, signed with the token that subscribed: this account's, or
 * where another secret is given a token of nobody's (Workable API reference and a working implementation, 2026).
 */
export function webhooksOf(account: Account, { resource, index, what }: Happening, secret: string): readonly Delivery[] {
  const token = secret === account.webhookSecret ? account.apiKey : secret;
  const nowMs = account.clock.nowMs();
  const sent = (type: string, resourceType: string, id: string, data: object): Delivery => {
    const body = JSON.stringify({
      event_type: type,
      id: `${type}-${id}-${nowMs}`,
      fired_at: new Date(nowMs).toISOString(),
      resource_type: resourceType,
      data,
    });
    return { type, body, headers: { 'x-workable-signature': createHmac('sha256', token).update(body).digest('hex') } };
  };
  const row = (type: string, application: number) =>
    sent(type, 'candidate', remoteIdOf('application', application), candidateDetail(account, application));
  if (resource === 'application' && what === 'created') return [row('candidate_created', index)];
  if (resource === 'application' && what === 'moved') return [row('candidate_moved', index)];
  if (resource === 'application' && what === 'deleted') return [row('candidate_deleted', index)];
  if (resource === 'candidate' && what === 'deleted')
    return applicationsOf(account.records, index).map((application) => row('candidate_deleted', application));
  if (resource === 'job' && what === 'deleted')
    return [sent('job_deleted', 'job', remoteIdOf('job', index), { shortcode: remoteIdOf('job', index) })];
  return [];
}
