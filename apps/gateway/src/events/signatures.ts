import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Sealer, type Place, type SealedSecrets } from '#libs/store';

const SECRET_BYTES = 32;

/** How long the former secret signs beside the one that took its place. */
const FORMER_MS = 24 * 3600_000;

const placeOf = (column: 'secret' | 'former_secret', rowId: string): Place => ({ table: 'subscription', column, rowId });

/** Signs for one subscription, by the secrets that are good at the moment. */
export type Sign = (eventId: string, now: Date, body: string) => string;

/** Secrets of subscriptions, and what is signed with them as Standard Webhooks says (standardwebhooks.com, 2026-11-23). At rest they are sealed. */
@Injectable()
export class Signatures {
  constructor(private readonly sealer: Sealer) {}

  /** A new secret: its text, to be shown once, and what is kept of it. */
  make(subscriptionId: string): { readonly text: string; readonly sealed: Buffer } {
    const text = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { text, sealed: this.sealer.sealOfPlatform(placeOf('secret', subscriptionId), text) };
  }

  /** A new secret, beside which the present one stays good for a day. */
  rotate(subscriptionId: string, { secret }: SealedSecrets, now: Date): { readonly text: string; readonly sealed: SealedSecrets } {
    const { text, sealed } = this.make(subscriptionId);
    const former = this.sealer.openOfPlatform(placeOf('secret', subscriptionId), secret);
    const formerSecret = this.sealer.sealOfPlatform(placeOf('former_secret', subscriptionId), former);
    const formerUntil = new Date(now.getTime() + FORMER_MS).toISOString();
    return { text, sealed: { secret: sealed, formerSecret, formerUntil } };
  }

  /** What signs: with two signatures, separated by a space, while two secrets are good. */
  signerOf(subscriptionId: string, { secret, formerSecret, formerUntil }: SealedSecrets): Sign {
    const present = new Webhook(this.sealer.openOfPlatform(placeOf('secret', subscriptionId), secret));
    const former =
      formerSecret === null ? null : new Webhook(this.sealer.openOfPlatform(placeOf('former_secret', subscriptionId), formerSecret));
    const untilMs = formerUntil === null ? 0 : Date.parse(formerUntil);
    return (eventId, now, body) => {
      const good = former !== null && now.getTime() < untilMs ? [present, former] : [present];
      return good.map((webhook) => webhook.sign(eventId, now, body)).join(' ');
    };
  }
}
