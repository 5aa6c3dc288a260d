import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Installation } from './installation.js';

/** The partner's own keys at Teamtailor: one partner, whoever its customers are. */
export const PARTNER_ID = '1';
export const PARTNER_API_KEY = 'teamtailor-sandbox-partner-api-key-1';
export const WEBHOOK_SECRET = 'teamtailor-sandbox-webhook-secret-1';

/** The form that the customer filled in, signed with the partner's API key (tt-partner-docs, 2026-06-11). */
export function providerKeyOf({ form, connection }: Installation, apiKey = PARTNER_API_KEY): Promise<string> {
  const filled = form ?? { key: connection.partnerKey };
  return new SignJWT({ ...filled }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(apiKey));
}

/** What every request of Teamtailor's carries; the company's own token where the partner asked for it. */
export async function headersOf(installation: Installation): Promise<Readonly<Record<string, string>>> {
  const { account, connection } = installation;
  const key = connection.wrongKey ? `${PARTNER_API_KEY}-no-more` : PARTNER_API_KEY;
  return {
    authorization: `Bearer ${await providerKeyOf(installation, key)}`,
    'teamtailor-api-token': account.apiKey,
    'teamtailor-host': `${account.id}.teamtailor.com`,
  };
}

/** Over the time and the event's id, not the body, since 2024-07 (the same); `v0` is there to be passed over. */
export function signatureOf({ account, connection }: Installation, eventId: string): string {
  const seconds = String(Math.floor(account.clock.nowMs() / 1_000));
  const signed = (secret: string): string => createHmac('sha256', secret).update(`${seconds}.${eventId}`).digest('hex');
  const secret = connection.wrongSignature ? `${WEBHOOK_SECRET}-no-more` : WEBHOOK_SECRET;
  return `t=${seconds},v1=${signed(secret)},v0=${signed('decoy')}`;
}
