import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { applicationFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import type { Account } from '../account.js';
import type { Delivery, Happening } from '../vendor.js';
import { isOpportunity } from './opportunities.js';
import { stageIdOf } from './stages.js';

const EVENTS: Readonly<Record<string, string>> = {
  'application created': 'applicationCreated',
  'application moved': 'candidateStageChange',
  'application deleted': 'candidateDeleted',
  'candidate created': 'contactCreated',
  'candidate updated': 'contactUpdated',
};

/** Ids alone, no person's data; signed is the token with the time, in the body (Lever Data API documentation, 2026: webhooks). */
export function webhooksOf(account: Account, happening: Happening, secret: string): readonly Delivery[] {
  const event = EVENTS[`${happening.resource} ${happening.what}`];
  if (event === undefined) return [];
  if (happening.resource === 'application' && !isOpportunity(account, happening.index)) return [];
  const triggeredAt = account.clock.nowMs();
  const token = randomBytes(24).toString('hex');
  const signature = createHmac('sha256', secret).update(`${token}${triggeredAt}`).digest('hex');
  const isSigned = account.behaviour.webhookSign !== 'missing';
  const data = dataOf(account, happening);
  const body = JSON.stringify({ id: randomUUID(), event, triggeredAt, token, ...(isSigned && { signature }), data });
  return [{ type: event, body, headers: { 'user-agent': 'Lever-Webhooks' } }];
}

function dataOf(account: Account, { resource, index, what }: Happening): object {
  if (resource === 'candidate') return { contactId: remoteIdOf('candidate', index) };
  const { candidate, stage } = applicationFacts(account.records, index);
  const opportunityId = remoteIdOf('application', index);
  const about = { opportunityId, candidateId: opportunityId, contactId: remoteIdOf('candidate', candidate) };
  if (what !== 'moved') return about;
  return { ...about, toStageId: stage === null ? null : stageIdOf(stage.name), fromStageId: stageIdOf('Applied') };
}
