import { createHmac } from 'node:crypto';
import { applicationFacts } from '../../live/facts.js';
import { hidden, type Account } from '../account.js';
import type { Delivery, Happening } from '../vendor.js';
import { applicationResource, candidateResource, jobResource } from './resources.js';

const NAMES = { candidate: 'candidate', job: 'job', application: 'job_application' } as const;
const VERBS = { created: 'create', updated: 'update', moved: 'update', deleted: 'destroy' } as const;

/** v2 of the signature, over the time and the raw body; each is sent once (Teamtailor partner documentation on company webhooks, 2026-04). */
export function webhooksOf(account: Account, { resource, index, what }: Happening, secret: string): readonly Delivery[] {
  if (resource === 'user') return [];
  const type = `${NAMES[resource]}.${VERBS[what]}`;
  const body = JSON.stringify({ payload: { event_name: type, data: dataOf(account, resource, index) }, signature: 'deprecated' });
  const seconds = String(Math.floor(account.clock.nowMs() / 1_000));
  const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return [{ type, body, headers: { 'tt-signature': Buffer.from(`t=${seconds},v2=${hex}`).toString('base64') } }];
}

/** All attributes, the contact data too. */
function dataOf(account: Account, resource: keyof typeof NAMES, index: number): object {
  if (resource === 'candidate') return plain(candidateResource(account, index));
  if (resource === 'job') return plain(jobResource(account, index));
  const { stage } = applicationFacts(account.records, index);
  const { id, type, attributes } = applicationResource(account, index);
  return { id, type, attributes: { ...attributes, stage_name: stage?.name ?? null, job_title: hidden(account, 'Engineer') } };
}

const plain = ({ id, type, attributes }: ReturnType<typeof jobResource>): object => ({ id, type, attributes });
