import { createHmac } from 'node:crypto';
import type { Resource } from '#libs/model';
import { candidateOf } from '../../live/links.js';
import { indexOfRemoteId } from '../../live/remote-ids.js';
import { sliceOf } from '../../live/slice.js';
import type { Account } from '../account.js';
import { bearer, param, type Exchange } from '../exchange.js';
import { Refusal, type Answer, type Delivery, type Happening, type ListAnswer, type Route, type Vendor } from '../vendor.js';
import { addNote } from './notes.js';
import { adminRow, candidateRow, offerDetail, offerRow, poolRow } from './rows.js';

const POOLS = 2;

/** An offset into what is there now: what is deleted meanwhile moves the rest. A fault: the offset is not looked at. */
function paged(exchange: Exchange, key: string, numbers: readonly number[], row: (index: number) => object): ListAnswer {
  const { query, loops } = exchange;
  const limit = query.whole('limit', 1, 100) ?? 50;
  const asked = query.whole('offset', 0, 10_000_000) ?? 0;
  const offset = loops ? 0 : asked;
  const indexes = numbers.slice(offset, offset + limit);
  return { items: indexes.map(row), indexes, wrap: (items) => ({ [key]: items }) };
}

const all = ({ records }: Account, resource: Resource): readonly number[] =>
  sliceOf(records, resource, null, Number.POSITIVE_INFINITY).indexes;

/** Talent pools come last, as numbers past the jobs'. */
function offers(exchange: Exchange): ListAnswer {
  const { account, query } = exchange;
  query.oneOf('scope', ['active', 'archived', 'not_archived', 'published']);
  query.oneOf('view_mode', ['brief', 'default']);
  const { size } = account.records.tables.job;
  const numbers = [...all(account, 'job'), ...Array.from({ length: POOLS }, (_, pool) => size + pool)];
  return paged(exchange, 'offers', numbers, (index) => (index < size ? offerRow(account, index) : poolRow(account, index - size)));
}

function offer(exchange: Exchange): Answer {
  const { records } = exchange.account;
  const index = indexOfRemoteId('job', param(exchange, 'id'));
  if (index === undefined || index >= records.tables.job.size || records.tables.job.live(index).isDeleted)
    throw new Refusal(404, 'not_found', 'Not found');
  return { body: { offer: offerDetail(exchange.account, index) } };
}

/** Who may not see every job sees no candidate of the others; here: none. */
const candidates = (exchange: Exchange): ListAnswer => {
  const { account, query } = exchange;
  query.text('filters');
  const numbers = account.behaviour.rights === 'admin' ? all(account, 'candidate') : [];
  return paged(exchange, 'candidates', numbers, (index) => candidateRow(account, index));
};

const admins = ({ account }: Exchange): ListAnswer => {
  const indexes = all(account, 'user');
  return { items: indexes.map((index) => adminRow(account, index)), indexes, wrap: (items) => ({ admins: items }) };
};

/** The company in the address has to be the token's. */
const ofCompany =
  (route: Route): Route =>
  (exchange) => {
    const company = param(exchange, 'company');
    if (exchange.account.id !== company) throw new Refusal(company === 'unknown' ? 404 : 401, 'unauthorized', 'Not this company');
    return route(exchange);
  };

const EVENTS: Readonly<Record<string, string>> = {
  'application created': 'new_candidate',
  'application moved': 'candidate_moved',
  'candidate deleted': 'candidate_deleted',
  'job created': 'offer_created',
  'job updated': 'offer_updated',
  'job deleted': 'offer_deleted',
};

/** Signed over the raw body; what is about a person carries their addresses (docs.recruitee.com on webhooks, 2025-06). */
function webhooksOf(account: Account, { resource, index, what }: Happening, secret: string): readonly Delivery[] {
  const type = EVENTS[`${resource} ${what}`];
  if (type === undefined) return [];
  const candidate =
    resource === 'application' ? candidateOf(account.records, index, account.records.tables.application.live(index).change) : index;
  const payload = resource === 'job' ? { offer: offerRow(account, index) } : { candidate: candidateRow(account, candidate) };
  const body = JSON.stringify({
    id: account.clock.nowMs() * 1_000 + index,
    event_type: type,
    ...(what === 'moved' && { event_subtype: 'stage_changed' }),
    created_at: account.clock.now().toISOString(),
    payload,
  });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return [{ type, body, headers: { 'x-recruitee-signature': signature, 'user-agent': 'Recruitee-Webhooks' } }];
}

/** Recruitee's API as third-party clients use it (2021–2025); its limit is published nowhere: 20 a second, 50 at once, is ours. */
export const recruitee: Vendor = {
  slug: 'recruitee',
  name: 'Recruitee',
  connection: (account, url) => ({
    settings: { companyId: account.id, apiUrl: `${url}/c/${account.id}` },
    credentials: { apiToken: account.apiKey, webhookSecret: account.webhookSecret },
  }),
  accountOf: ({ ats, ...exchange }) => {
    const token = bearer(exchange);
    return ats.accountWith(({ apiKey }) => apiKey === token);
  },
  limits: [{ kind: 'token-bucket', most: 50, perSecond: 20 }],
  limitHeaders: ({ waitMs }, _nowMs, isRefused) => (isRefused ? { 'retry-after': String(Math.ceil(waitMs / 1_000)) } : {}),
  refusal: ({ status, message }) => ({ status, body: { error: [message] } }),
  routes: {
    'GET /c/:company/offers': ofCompany(offers),
    'GET /c/:company/offers/:id': ofCompany(offer),
    'GET /c/:company/admins': ofCompany(admins),
    'GET /c/:company/candidates': ofCompany(candidates),
    'POST /c/:company/candidates/:id/notes': ofCompany(addNote),
  },
  webhooks: webhooksOf,
};
