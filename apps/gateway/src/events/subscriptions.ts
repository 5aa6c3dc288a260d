import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { decodeCursor, encodeCursor, GatewayError, type Clock } from '#libs/model';
import {
  addSubscription,
  changeSecrets,
  changeSubscription,
  countSubscriptions,
  feedEnd,
  listSubscriptions,
  readSecrets,
  readSubscription,
  removeSubscription,
  Store,
  type SealedSecrets,
  type SubscriptionView,
  type Transaction,
} from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { DEFAULT_LIMIT, type PageQuery } from '../http/page.dto.js';
import type { Principal } from '../http/principal.js';
import { messageOf } from './message.js';
import { Posting, type PostOutcome } from './posting.js';
import { Signatures } from './signatures.js';
import { SubscriptionDispatcher } from './subscription-dispatcher.js';
import type { NewSubscriptionBody, SubscriptionPatchBody } from './subscription.dto.js';
import { choiceOf, patched, viewerOf } from './subscription-requests.js';

const MOST_OF_A_CALLER = 100;

/** Subscriptions as callers make and change them. All throw `not-found` for one that the caller may not see. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly store: Store,
    private readonly posting: Posting,
    private readonly signatures: Signatures,
    private readonly dispatcher: SubscriptionDispatcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A new one, from the feed's end on, and its secret. Throws `invalid-request`, and `conflict` where the caller has a hundred. */
  async create(body: NewSubscriptionBody, caller: Principal): Promise<SubscriptionView & { readonly secret: string }> {
    const choice = choiceOf(body, caller);
    await this.requireAddress(choice.url);
    const id = uuidv7();
    const { text, sealed } = this.signatures.make(id);
    const view = await this.store.inPlatform(async (tx) => {
      if ((await countSubscriptions(tx, caller.subject)) >= MOST_OF_A_CALLER)
        throw new GatewayError('conflict', { detail: `${MOST_OF_A_CALLER} subscriptions are there; delete one of them first` });
      const position = await feedEnd(tx);
      await addSubscription(tx, { ...choice, id, createdBy: caller.subject, now: this.clock.now(), secret: sealed, position });
      return this.find(tx, id, caller);
    });
    this.dispatcher.look();
    return { ...view, secret: text };
  }

  async list(
    { limit = DEFAULT_LIMIT, cursor }: PageQuery,
    caller: Principal,
  ): Promise<{ data: SubscriptionView[]; nextCursor: string | null }> {
    const after = cursor === undefined ? null : decodeCursor(cursor, ['subscription']).id;
    const found = await this.store.inPlatform((tx) => listSubscriptions(tx, viewerOf(caller), after, limit + 1));
    const data = found.slice(0, limit);
    const last = data.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return { data, nextCursor: hasMore ? encodeCursor({ id: last.id, changedAt: null }, ['subscription']) : null };
  }

  get(id: string, caller: Principal): Promise<SubscriptionView> {
    return this.store.inPlatform((tx) => this.find(tx, id, caller));
  }

  async change(id: string, patch: SubscriptionPatchBody, caller: Principal): Promise<SubscriptionView> {
    if (patch.url !== undefined) await this.requireAddress(patch.url);
    return this.changing(id, caller, async (tx, view) => changeSubscription(tx, id, patched(view, patch, caller)));
  }

  async remove(id: string, caller: Principal): Promise<void> {
    await this.store.inPlatform(async (tx) => {
      await this.find(tx, id, caller);
      await removeSubscription(tx, id);
    });
    this.dispatcher.look();
  }

  async rotateSecret(id: string, caller: Principal): Promise<{ readonly secret: string; readonly formerSecretUntil: string | null }> {
    const { text, sealed } = await this.store.inPlatform(async (tx) => {
      await this.find(tx, id, caller);
      const made = this.signatures.rotate(id, await this.secretsOf(tx, id), this.clock.now());
      await changeSecrets(tx, id, made.sealed);
      return made;
    });
    this.dispatcher.look();
    return { secret: text, formerSecretUntil: sealed.formerUntil };
  }

  /** Posts a signed event of the type `test`, now. */
  async test(id: string, caller: Principal): Promise<PostOutcome> {
    const [{ url }, secrets] = await this.store.inPlatform(async (tx) => [await this.find(tx, id, caller), await this.secretsOf(tx, id)]);
    const now = this.clock.now();
    const event = { id: `evt_test_${randomUUID()}`, type: 'test', at: now.toISOString() };
    return this.posting.post(messageOf(url, event, this.signatures.signerOf(id, secrets), now), new AbortController().signal);
  }

  /** Changes one in a transaction; whoever delivers for it then begins anew. */
  async changing(
    id: string,
    caller: Principal,
    work: (tx: Transaction, view: SubscriptionView) => Promise<void>,
  ): Promise<SubscriptionView> {
    const view = await this.store.inPlatform(async (tx) => {
      await work(tx, await this.find(tx, id, caller));
      return this.find(tx, id, caller);
    });
    this.dispatcher.look();
    return view;
  }

  private async find(tx: Transaction, id: string, caller: Principal): Promise<SubscriptionView> {
    return (await readSubscription(tx, viewerOf(caller), id)) ?? notFound();
  }

  private async secretsOf(tx: Transaction, id: string): Promise<SealedSecrets> {
    return (await readSecrets(tx, id)) ?? notFound();
  }

  private async requireAddress(url: string): Promise<void> {
    if (await this.posting.mayPostTo(url)) return;
    throw new GatewayError('invalid-request', {
      detail: '"url" is not one that may be called: https at a public host, without credentials',
    });
  }
}

function notFound(): never {
  throw new GatewayError('not-found', { detail: 'no such subscription; see GET /v1/subscriptions' });
}
