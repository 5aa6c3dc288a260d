import type { Account, SentWebhook } from './account.js';
import type { Delivery, Happening, Vendor } from './vendor.js';

const TIMEOUT_MS = 30_000;
const KEPT = 10_000;

/** Sends what the vendor sends for it, as often as the account says; nobody waits for it. */
export function announce(vendor: Vendor, account: Account, happenings: readonly Happening[]): void {
  const { webhookUrl, webhookCopies } = account.behaviour;
  if (webhookUrl === null) return;
  for (const happening of happenings) {
    for (const delivery of vendor.webhooks(account, happening, secretOf(account)))
      for (let copy = 0; copy < webhookCopies; copy += 1) void post(account, webhookUrl, delivery);
  }
}

/** Resolves to the status of the receiver's answer; null where there was none. */
export async function post(account: Account, url: string, { type, body, headers }: Delivery): Promise<number | null> {
  const signed = account.behaviour.webhookSign === 'missing' ? {} : headers;
  const noted: SentWebhook = { type, at: account.clock.now().toISOString(), body, headers: signed, status: null };
  account.sent.push(noted);
  if (account.sent.length > KEPT * 2) account.sent.splice(0, KEPT);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    noted.status = response.status;
  } catch {
    // Whoever does not answer has missed it here; vendors that send again do so after minutes.
    noted.status = null;
  }
  return noted.status;
}

function secretOf({ webhookSecret, behaviour }: Account): string {
  return behaviour.webhookSign === 'wrong' ? `${webhookSecret}-no-more` : webhookSecret;
}
