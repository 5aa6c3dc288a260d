import { randomInt } from 'node:crypto';
import { basicUser } from '../ats/exchange.js';
import { Refusal } from '../ats/refusal.js';
import { keysOf, pathParam } from '../request-parts.js';
import { unknownStatus, type Reading } from './asking.js';
import { getting, posting, type Answered } from './driving.js';
import { marked, markedUrl, type Installation, type OfferedTest, type Order } from './installation.js';
import { poll } from './placing.js';
import type { FailedCall, Incoming, Protocol } from './protocol.js';
import { orderWith } from './provider.js';
import { listOf, mapOf, number, open, primitive, text, textLike, type Shape } from './shapes.js';
import { subjectOf } from './subject.js';

const STATUSES = [200, 401, 404];
const TESTS = listOf(open({ partner_test_id: text, partner_test_name: text }));
const STARTED = open({ partner_interview_id: text });
const STATUS = open(
  { partner_status: text },
  { partner_profile_url: textLike(/^https:\/\/\S+$/, 'an https address'), partner_score: number, metadata: mapOf(primitive) },
);

const basic = (key: string): Readonly<Record<string, string>> => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });

function read(answered: Answered, shape: Shape): Reading {
  if (answered.status !== 200) return unknownStatus(answered, STATUSES);
  return { problems: shape(answered.body, ''), message: null };
}

/** The address of the profile is wanted as soon as the test is complete. */
const statusProblems: Shape = (value, at) => {
  const { partner_status: status, partner_profile_url: url } = keysOf(value);
  const isUnlinked = status === 'complete' && url === undefined;
  return [...STATUS(value, at), ...(isUnlinked ? ['partner_profile_url is missing, which a complete test has to have'] : [])];
};

function testsIn(body: unknown): readonly OfferedTest[] {
  const rows: readonly unknown[] = Array.isArray(body) ? body : [];
  return rows.map(keysOf).map((row) => ({ id: String(row['partner_test_id']), name: String(row['partner_test_name']) }));
}

function startBody(order: Order, address: string): object {
  const { installation, test } = order;
  const subject = subjectOf(order);
  const application = subject.applicationId === null ? '' : `?application_id=${subject.applicationId}`;
  const sender = subject.recruiter?.email ?? null;
  return {
    partner_test_id: test,
    candidate: {
      first_name: subject.firstName,
      last_name: subject.lastName,
      preferred_name: marked(installation, subject.firstName ?? 'Kim'),
      resume_url: markedUrl(installation, 'https://files.example/resume.pdf'),
      phone_number: marked(installation, subject.person.phone),
      email: subject.email,
      greenhouse_profile_url: `https://app.greenhouse.io/people/${subject.candidateId}${application}`,
    },
    ...(sender !== null && { sent_by: sender }),
    url: `${address}/take_home_tests/${order.id}`,
  };
}

function taken(order: Order, body: unknown): void {
  const { partner_status: status, partner_profile_url: url, partner_score: score, metadata } = keysOf(body);
  order.show({
    state: String(status),
    ...(typeof url === 'string' && { url }),
    ...(typeof score === 'number' && { score }),
    ...(metadata !== undefined && { details: metadata }),
  });
}

const CALLS: Readonly<Record<FailedCall['step'], string>> = { list: 'list_tests', start: 'send_test', poll: 'test_status' };

function reportBody({ step, problems, order }: FailedCall): object {
  const email = order === null ? null : subjectOf(order).email;
  return {
    api_call: CALLS[step],
    errors: problems,
    ...(order !== null && { partner_test_id: order.test }),
    ...(order?.partnerId && { partner_interview_id: order.partnerId }),
    ...(email !== null && { candidate_email: email }),
  };
}

const headersOf = (installation: Installation) => basic(installation.sentKey);

/** The partner says that there is something to ask for, without a body; the answer is a status alone. */
function changed({ request, callers }: Incoming) {
  const order = orderWith(callers, ({ id }) => id === pathParam(request, 'id'));
  if (request.body !== undefined && request.body !== null) {
    order.refused += 1;
    throw new Refusal(422, 'invalid_body', 'There must be no body');
  }
  order.updates += 1;
  // Who is hired or rejected is not asked for any more.
  if (subjectOf(order).outcome === 'pending') void pollTold(order);
  return { body: {} };
}

async function pollTold(order: Order): Promise<void> {
  const outcome = await poll({ protocol: greenhouse }, order);
  if (outcome?.accepted !== true) order.refused += 1;
}

/** Greenhouse's Assessment Partner API (grnhse/greenhouse-api-docs, source/includes/assessment; PATCH in place of polling since 2019-10-01). */
export const greenhouse: Protocol = {
  slug: 'greenhouse',
  longestKey: 170,
  configuration: ({ connection }, address) => ({ partnerKey: connection.partnerKey, apiUrl: address }),
  newOrderId: () => String(randomInt(10_000_000, 2_000_000_000)),
  list: (installation) => getting(`${installation.connection.baseUrl}/list_tests`, headersOf(installation)),
  readList: (answered) => ({ ...read(answered, TESTS), tests: testsIn(answered.body) }),
  start: (order, address) =>
    posting(`${order.installation.connection.baseUrl}/send_test`, headersOf(order.installation), startBody(order, address)),
  readStart: (answered) => read(answered, STARTED),
  partnerIdIn: (body) => {
    const { partner_interview_id: id } = keysOf(body);
    return typeof id === 'string' ? id : null;
  },
  poll: {
    call: ({ installation, partnerId }) => {
      const query = new URLSearchParams({ partner_interview_id: partnerId ?? '' });
      return getting(`${installation.connection.baseUrl}/test_status?${query.toString()}`, headersOf(installation));
    },
    read: (answered) => read(answered, statusProblems),
    taken,
  },
  report: (installation, failed) =>
    posting(`${installation.connection.baseUrl}/response_error`, headersOf(installation), reportBody(failed)),
  callersOf: ({ provider, request }) => {
    const key = basicUser({ request });
    return provider.installationsWith(({ connection }) => connection.partnerKey === key);
  },
  routes: { 'PATCH /take_home_tests/:id': changed },
};
