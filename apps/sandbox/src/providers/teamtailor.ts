import { randomUUID } from 'node:crypto';
import { Refusal } from '../ats/refusal.js';
import { stageLink } from '../ats/teamtailor/resources.js';
import type { Answer } from '../ats/vendor.js';
import { jobFacts } from '../live/facts.js';
import { remoteIdOf } from '../live/remote-ids.js';
import { keysOf, pathParam } from '../request-parts.js';
import { getting, isSuccess, posting, type Answered, type Call } from './driving.js';
import type { Reading } from './asking.js';
import type { Installation, OfferedTest, Order } from './installation.js';
import type { Incoming, Protocol } from './protocol.js';
import { orderWith } from './provider.js';
import { take } from './taking.js';
import { attributesIn, eventOf } from './teamtailor-event.js';
import { headersOf, PARTNER_API_KEY, PARTNER_ID, providerKeyOf, signatureOf, WEBHOOK_SECRET } from './teamtailor-keys.js';
import { changePartner, readPartner } from './teamtailor-partner.js';
import { attributeProblems, configProblems, documentProblems, showAttributes } from './teamtailor-result.js';

/** A refusal's words are shown to the recruiter as they came, so that they are no JSON. */
function refused({ body, text }: Answered): Reading {
  const isPlain = text !== '' && (typeof body !== 'object' || body === null);
  return { problems: isPlain ? [] : ['the words of a refusal must be plain text'], message: isPlain ? text : null };
}

function readStart(answered: Answered): Reading {
  if (!isSuccess(answered)) return refused(answered);
  const told = attributesIn(answered.body);
  return { problems: told === undefined ? [] : attributeProblems(told, 'partner_result_attributes'), message: null };
}

function readConfig(answered: Answered): Reading {
  return isSuccess(answered) ? { problems: configProblems(answered.body, ''), message: null } : refused(answered);
}

/** What the form offers to select. */
function testsIn(body: unknown): readonly OfferedTest[] {
  const { fields } = keysOf(keysOf(body)['config']);
  return rowsIn(fields).flatMap(({ id: field, options, optgroups }) => {
    const grouped = rowsIn(optgroups).flatMap((group) => rowsIn(group['options']));
    return [...rowsIn(options), ...grouped].map(({ id, label }) => {
      return { id: typeof id === 'number' ? id : String(id), name: String(label), field: String(field) };
    });
  });
}

function rowsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  return rows.map(keysOf);
}

/** The recruiter adds the trigger to the first stage of the first job. */
async function list(installation: Installation): Promise<Call> {
  const { records } = installation.account;
  const facts = records.tables.job.size === 0 ? null : jobFacts(records, 0);
  const query = new URLSearchParams({
    job_id: remoteIdOf('job', 0),
    stage_id: stageLink(0, facts?.stages[0]?.key ?? 0).id,
    user_id: remoteIdOf('user', facts?.team[0] ?? 0),
  });
  return getting(`${installation.connection.baseUrl}/config?${query.toString()}`, await headersOf(installation));
}

async function start(order: Order, address: string): Promise<Call> {
  const { installation } = order;
  const event = eventOf(order, address);
  const headers = { ...(await headersOf(installation)), 'teamtailor-signature': signatureOf(installation, event['partner-event'].id) };
  return posting(`${installation.connection.baseUrl}/webhook`, headers, event);
}

function result(incoming: Incoming): Answer {
  const { request, callers } = incoming;
  const id = pathParam(request, 'id');
  const order = orderWith(callers, (one) => one.id === id);
  take(order, request.body, documentProblems(id, request.body), () => {
    showAttributes(order, keysOf(keysOf(request.body)['data'])['attributes']);
  });
  return { body: { data: { id, type: 'partner-results', attributes: { status: order.shown.state } } } };
}

/** The version, and JSON:API for what has a body. */
const versioned = (route: (incoming: Incoming) => Answer) => {
  return (incoming: Incoming): Answer => {
    const { headers, method } = incoming.request;
    if (headers['x-api-version'] !== '20180828') throw new Refusal(406, 'invalid_api_version', 'X-Api-Version is missing or not known');
    if (method === 'PUT' && headers['content-type']?.startsWith('application/vnd.api+json') !== true)
      throw new Refusal(415, 'unsupported_media_type', 'The body must be of the type application/vnd.api+json');
    return { headers: { 'content-type': 'application/vnd.api+json; charset=utf-8' }, ...route(incoming) };
  };
};

/** Teamtailor's Partner API (Teamtailor/tt-partner-docs @ f757495, 2026-06-11; X-Api-Version 20180828). */
export const teamtailor: Protocol = {
  slug: 'teamtailor',
  configuration: async (installation, address) => ({
    apiUrl: `${address}/partner/v1`,
    partnerId: PARTNER_ID,
    partnerApiKey: PARTNER_API_KEY,
    webhookSecret: WEBHOOK_SECRET,
    providerKey: await providerKeyOf(installation),
    companyUuid: installation.companyUuid,
    companyApiKey: installation.account.apiKey,
  }),
  newOrderId: randomUUID,
  list,
  readList: (answered) => ({ ...readConfig(answered), tests: testsIn(answered.body) }),
  start,
  readStart,
  partnerIdIn: () => null,
  startTaken: (order, { body }) => {
    const told = attributesIn(body);
    if (told !== undefined) take(order, told, [], () => showAttributes(order, told));
  },
  callersOf: ({ provider, request }) => {
    const key = /^(?:Token|Bearer) (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    return key === PARTNER_API_KEY ? (provider.installationsWith(() => true) ?? []) : undefined;
  },
  routes: {
    'PUT /partner/v1/partner-results/:id': versioned(result),
    'GET /partner/v1/partners/:id': versioned(readPartner),
    'PUT /partner/v1/partners/:id': versioned(changePartner),
  },
};
