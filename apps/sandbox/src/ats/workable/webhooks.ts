import { createHmac } from 'node:crypto';
import { applicationsOf, jobOf } from '../../live/links.js';
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
  if (resource === 'application') return what === 'updated' || !hasJob(account, index) ? [] : [row(`candidate_${what}`, index)];
  if (resource === 'candidate' && what === 'deleted')
    return rowsOf(account, index).map((application) => row('candidate_deleted', application));
  if (resource === 'job' && what === 'deleted')
    return [sent('job_deleted', 'job', remoteIdOf('job', index), { shortcode: remoteIdOf('job', index) })];
  return [];
}

/** Without a job there is no candidate to tell of. */
const hasJob = ({ records }: Account, index: number): boolean =>
  jobOf(records, index, records.tables.application.live(index).change) !== null;

const rowsOf = (account: Account, candidate: number): readonly number[] =>
  applicationsOf(account.records, candidate).filter(
    (index) => !account.records.tables.application.live(index).isDeleted && hasJob(account, index),
  );
