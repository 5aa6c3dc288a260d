import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AdvancingClock } from '../clock.js';
import type { Environment } from './environments.js';
import { freeId } from './ids.js';

/** How webhooks of an environment are sent. Kombo promises neither order nor repetition nor arrival. */
export interface Sending {
  readonly url: string | null;
  readonly body: 'compact' | 'pretty';
  /** How often each is sent, with the same id. */
  readonly copies: number;
  readonly delayMs: number;
  /** Each waits a time of its own below `delayMs` (at least 200 ms). */
  readonly reorder: boolean;
  /** Every n-th is never sent; 0 for none. */
  readonly loseEvery: number;
  readonly sign: 'right' | 'wrong' | 'missing';
}

const UNSENT: Sending = { url: null, body: 'compact', copies: 1, delayMs: 0, reorder: false, loseEvery: 0, sign: 'right' };

export interface Webhook {
  readonly id?: string;
  readonly type: string;
  readonly data: object;
}

export interface SentWebhook {
  readonly number: number;
  readonly id: string;
  readonly type: string;
  readonly integrationId: string | null;
  readonly at: string;
  readonly copy: number;
  readonly lost: boolean;
  /** Null while it is under way, lost, or was not answered. */
  status: number | null;
}

/** What came back; null where nothing did. */
export interface Answered {
  readonly status: number | null;
  readonly body: string | null;
}

const UNANSWERED: Answered = { status: null, body: null };

const KEPT = 20_000;
const TIMEOUT_MS = 30_000;

/** Sends an environment's webhooks, without holding up anything, and keeps a log of them. */
export class Webhooks {
  #sending = UNSENT;
  #log: SentWebhook[] = [];
  #count = 0;
  #pending = 0;

  constructor(
    private readonly environment: Environment,
    private readonly clock: AdvancingClock,
  ) {}

  get sending(): Sending {
    return this.#sending;
  }

  get pending(): number {
    return this.#pending;
  }

  get log(): readonly SentWebhook[] {
    return this.#log.slice(-KEPT);
  }

  configure(change: Partial<Sending>): Sending {
    this.#sending = { ...this.#sending, ...change };
    return this.#sending;
  }

  clear(): void {
    this.#log = [];
  }

  /** Sends it as configured; nothing is sent while no address is set. Resolves to the first copy's answer. */
  async send(integrationId: string | null, webhook: Webhook): Promise<Answered & { readonly id: string }> {
    this.#count += 1;
    const id = webhook.id ?? freeId(`webhook ${this.environment.id} ${this.#count} ${this.clock.nowMs()}`);
    const { url, body, copies, loseEvery } = this.#sending;
    if (url === null) return { id, ...UNANSWERED };
    const text = JSON.stringify({ id, type: webhook.type, data: webhook.data }, null, body === 'pretty' ? 2 : 0);
    const lost = loseEvery > 0 && this.#count % loseEvery === 0;
    const sent = Array.from({ length: copies }, (_, copy) =>
      this.#post(text, this.#note({ id, type: webhook.type, integrationId, copy, lost })),
    );
    const [first] = await Promise.all(sent);
    return { id, ...(first ?? UNANSWERED) };
  }

  /** Sends any bytes, with any signature: forged ones. */
  async sendRaw(text: string, signature: string | null): Promise<number | null> {
    return (await this.#post(text, this.#note({ id: '', type: '(raw)', integrationId: null, copy: 0, lost: false }), signature)).status;
  }

  #note(entry: Omit<SentWebhook, 'number' | 'at' | 'status'>): SentWebhook {
    const noted: SentWebhook = { ...entry, number: this.#count, at: this.clock.now().toISOString(), status: null };
    this.#log.push(noted);
    if (this.#log.length > KEPT * 2) this.#log = this.#log.slice(-KEPT);
    return noted;
  }

  async #post(text: string, noted: SentWebhook, signature = this.#signatureOf(text)): Promise<Answered> {
    const { url, delayMs, reorder } = this.#sending;
    if (url === null || noted.lost) return UNANSWERED;
    this.#pending += 1;
    try {
      const waitMs = reorder ? Math.random() * Math.max(200, delayMs) : delayMs;
      if (waitMs > 0) await pause(waitMs);
      const signed = signature === null ? {} : { 'x-kombo-signature': signature };
      const headers = { 'content-type': 'application/json', ...signed };
      const response = await fetch(url, { method: 'POST', headers, body: text, signal: AbortSignal.timeout(TIMEOUT_MS) });
      const body = await response.text();
      noted.status = response.status;
      return { status: response.status, body };
    } catch {
      // Whoever does not answer has missed it: there is no second try.
      noted.status = null;
      return UNANSWERED;
    } finally {
      this.#pending -= 1;
    }
  }

  /** HMAC-SHA256 over the raw body, base64url without padding (Kombo documentation, webhooks). */
  #signatureOf(text: string): string | null {
    const { sign } = this.#sending;
    if (sign === 'missing') return null;
    const secret = sign === 'right' ? this.environment.webhookSecret : `${this.environment.webhookSecret} no more`;
    return createHmac('sha256', secret).update(text).digest('base64url');
  }
}
