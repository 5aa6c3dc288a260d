import type { Resource } from '#libs/model';
import { indexOfRemoteId } from '../../live/remote-ids.js';
import type { Account } from '../account.js';
import { basicUser, bearer, type Exchange } from '../exchange.js';
import type { Answer, ListAnswer, Refusal, Route, Vendor } from '../vendor.js';
import { answerList, answerOne, type Kind, type Walk } from './list.js';
import { DELETED_OPPORTUNITY, deletedOpportunitiesOf, isOpportunity, opportunitiesOf, OPPORTUNITY, usersOf } from './opportunities.js';
import { NOTES } from './notes.js';
import { contactRow } from './opportunity-rows.js';
import { DELETED_POSTING, deletedPostingsOf, POSTING, postingsOf } from './postings.js';
import { stagesOfAccount } from './stages.js';
import { userRow } from './user-rows.js';
import { webhooksOf } from './webhooks.js';

const HOUR_MS = 3_600_000;
const CODES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'ResourceNotFound',
  429: 'TooManyRequests',
  500: 'ServerError',
  503: 'ServiceUnavailable',
};

const USER: Kind = { row: userRow };
const CONTACT: Kind = { row: contactRow };
const STAGE: Kind = { row: (account, index) => ({ ...stagesOfAccount(account)[index] }) };

const stagesFrom =
  ({ account }: Exchange): Walk =>
  (from, limit) => {
    const indexes = stagesOfAccount(account).map((_, index) => index);
    const next = from + limit < indexes.length ? from + limit : null;
    return { indexes: indexes.slice(from, from + limit), next };
  };

const list =
  (kind: Kind, walkOf: (exchange: Exchange) => Walk): Route =>
  (exchange): ListAnswer =>
    answerList(exchange, kind, walkOf);

const one =
  (kind: Kind, what: string, resource: Resource): Route =>
  (exchange): Answer =>
    answerOne(exchange, kind, what, (id) => {
      const index = indexOfRemoteId(resource, id);
      const table = exchange.account.records.tables[resource];
      if (index === undefined || index >= table.size || table.live(index).isDeleted) return undefined;
      return resource === 'application' && !isOpportunity(exchange.account, index) ? undefined : index;
    });

/** Parameters that are not valid are a 400 here. */
function refusalOf({ status, message }: Refusal): Answer {
  const told = status === 422 ? 400 : status;
  return { status: told, body: { code: CODES[told] ?? 'BadRequest', message } };
}

function accountOf({ ats, ...exchange }: Omit<Exchange, 'account'>): Account | undefined {
  const key = basicUser(exchange);
  const token = bearer(exchange);
  if (key !== undefined) return ats.accountWith(({ apiKey }) => apiKey === key);
  return token === undefined ? undefined : ats.accountWith(({ tokens }) => tokens.isGood(token));
}

/** Lever's Data API v1 (Lever Data API documentation, 2026), by the customer's key or by OAuth. */
export const lever: Vendor = {
  slug: 'lever',
  name: 'Lever',
  connection: (account, url) => ({
    settings: { apiUrl: `${url}/v1`, authUrl: url },
    credentials: {
      apiKey: account.apiKey,
      clientId: account.clientId,
      clientSecret: account.clientSecret,
      webhookSecret: account.webhookSecret,
    },
  }),
  accountOf,
  limits: [{ kind: 'token-bucket', most: 20, perSecond: 10 }],
  limitHeaders: () => ({}),
  refusal: refusalOf,
  routes: {
    'GET /v1/users': list(USER, usersOf),
    'GET /v1/users/:id': one(USER, 'users', 'user'),
    'GET /v1/stages': list(STAGE, stagesFrom),
    'GET /v1/postings': list(POSTING, postingsOf),
    'GET /v1/postings/deleted': list(DELETED_POSTING, deletedPostingsOf),
    'GET /v1/postings/:id': one(POSTING, 'postings', 'job'),
    'GET /v1/opportunities': list(OPPORTUNITY, opportunitiesOf),
    'GET /v1/opportunities/deleted': list(DELETED_OPPORTUNITY, deletedOpportunitiesOf),
    'GET /v1/opportunities/:id': one(OPPORTUNITY, 'opportunities', 'application'),
    'GET /v1/contacts/:id': one(CONTACT, 'contacts', 'candidate'),
    ...NOTES,
  },
  oauth: {
    authorizePath: '/authorize',
    tokenPath: '/oauth/token',
    clientAuth: 'form',
    grants: ['authorization_code'],
    expiry: 'expires_in',
    lifetimes: { codeMs: 60_000, accessMs: HOUR_MS, refreshMs: 90 * 24 * HOUR_MS },
  },
  webhooks: webhooksOf,
};
