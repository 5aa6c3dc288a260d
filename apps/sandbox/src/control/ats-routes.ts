import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RESOURCES } from '#libs/model';
import { newAccountId, Account, PLAIN, type Behaviour } from '../ats/account.js';
import type { Ats } from '../ats/ats.js';
import { pathParam } from '../request-parts.js';
import { registerAtsRecords } from './ats-record-routes.js';
import { findAccount } from './addressing.js';
import { Body, ControlError, readLast } from './checked.js';
import { registerFaults } from './fault-routes.js';
import { readRecipe } from './recipe.js';

/** What may stand in an address and a link as it is. */
const CANARY = /^[A-Za-z0-9-]{4,64}$/;

/** What tests and demonstrations change behind a vendor's back: `/control/{ats}/…`, the same for each; described in the README. */
export function registerAtsControl(server: FastifyInstance, ats: Ats): void {
  const base = `/control/${ats.vendor.slug}`;
  const find = (request: FastifyRequest) => findAccount(ats, pathParam(request, 'id'));
  server.get(`${base}/accounts`, () => ({ accounts: [...ats.accounts.values()].map((account) => view(ats, server, account)) }));
  server.post(`${base}/accounts`, (request) => view(ats, server, createAccount(ats, new Body(request.body))));
  server.get(`${base}/accounts/:id`, (request) => view(ats, server, find(request)));
  server.patch(`${base}/accounts/:id`, (request) => {
    const account = find(request);
    const body = new Body(request.body);
    account.behaviour = readBehaviour(body, account.behaviour);
    body.end();
    return view(ats, server, account);
  });
  server.delete(`${base}/accounts/:id`, (request) => {
    ats.accounts.delete(find(request).id);
    return {};
  });
  server.post(`${base}/accounts/:id/revoke`, (request) => {
    find(request).tokens.revoke();
    return {};
  });
  server.get(`${base}/accounts/:id/webhooks`, (request) => ({ sent: find(request).sent.slice(-readLast(request.query)) }));
  server.get(`${base}/accounts/:id/written`, (request) => ({ written: find(request).written.entries().slice(-readLast(request.query)) }));
  server.get(`${base}/requests`, (request) => {
    const last = readLast(request.query);
    return { count: ats.log.count, counters: ats.log.counters(), requests: ats.log.entries().slice(-last) };
  });
  server.delete(`${base}/requests`, () => {
    ats.log.clear();
    return {};
  });
  registerFaults(server, {
    base: `${base}/faults`,
    faults: ats.faults,
    accountKey: 'accountId',
    statusOf: () => 500,
    recordOf: (_path, _accountId, ref) => {
      if (typeof ref !== 'number' || !Number.isInteger(ref) || ref < 0) throw new ControlError('record must be the number of a record');
      return ref;
    },
  });
  registerAtsRecords(server, ats);
}

/** Idempotent for the same id: a second call finds the first one's account, and is refused if it asked for other records. */
function createAccount(ats: Ats, body: Body): Account {
  const id = body.text('id', /^[a-z0-9]{4,40}$/) ?? newAccountId();
  const recipe = readRecipe(body);
  const behaviour = readBehaviour(body, PLAIN);
  body.end();
  const existing = ats.accounts.get(id);
  if (existing !== undefined) {
    if (JSON.stringify(existing.records.recipe) === JSON.stringify(recipe)) return existing;
    throw new ControlError('an account of this id exists and was made with other numbers', 409);
  }
  const account = new Account(id, recipe, behaviour, ats.clock);
  ats.accounts.set(id, account);
  return account;
}

function readBehaviour(body: Body, before: Behaviour): Behaviour {
  const canary = body.nullableText('canary', CANARY);
  const webhookUrl = body.nullableText('webhookUrl', /^https?:\/\/[^\s]{1,500}$/);
  const most = body.any('most') === null ? null : body.integer('most', 0, 10_000_000);
  const incrementalPages = body.any('incrementalPages') === null ? null : body.integer('incrementalPages', 0, 10_000);
  return {
    canary: canary === undefined ? before.canary : canary,
    limits: body.boolean('limits') ?? before.limits,
    most: most === undefined ? before.most : most,
    rights: body.oneOf('rights', ['admin', 'member', 'none']) ?? before.rights,
    authorizes: body.boolean('authorizes') ?? before.authorizes,
    incrementalPages: incrementalPages === undefined ? before.incrementalPages : incrementalPages,
    webhookUrl: webhookUrl === undefined ? before.webhookUrl : webhookUrl,
    webhookCopies: body.integer('webhookCopies', 1, 100) ?? before.webhookCopies,
    webhookSign: body.oneOf('webhookSign', ['right', 'wrong', 'missing']) ?? before.webhookSign,
  };
}

/** With what an integration of ours is given to reach the account. */
function view(ats: Ats, server: FastifyInstance, account: Account) {
  const { records, behaviour } = account;
  return {
    accountId: account.id,
    ...ats.vendor.connection(account, `${server.listeningOrigin}${ats.basePath}`),
    ...records.recipe,
    behaviour,
    /** Deleted ones included. */
    sizes: Object.fromEntries(RESOURCES.map((resource) => [`${resource}s`, records.tables[resource].size])),
  };
}
