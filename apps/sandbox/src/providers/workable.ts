import { randomBytes } from 'node:crypto';
import { bearer } from '../ats/exchange.js';
import { keysOf, pathParam } from '../request-parts.js';
import { unknownStatus, type Reading } from './asking.js';
import { getting, isSuccess, posting, type Answered } from './driving.js';
import { marked, type Installation, type OfferedTest, type Order } from './installation.js';
import type { Incoming, Protocol } from './protocol.js';
import { orderWith } from './provider.js';
import { anything, closed, idOfTheirs, listOf, mapOf, oneOf, open, text, textLike, webAddress, whole, type Shape } from './shapes.js';
import { subjectOf } from './subject.js';
import { take } from './taking.js';

const REFUSED = [400, 401, 409, 422];
const TESTS = open({ tests: listOf(open({ id: idOfTheirs, name: text })) });
const STARTED = open({ assessment_id: text });
const ERROR = open({ status: whole, message: text });
const RESULT = closed(
  { status: oneOf(['pending', 'completed', 'rejected', 'expired']) },
  {
    results_url: webAddress,
    assessment: closed(
      {},
      {
        score: textLike(/^-?\d+(\.\d+)?$/, 'a number as text'),
        grade: oneOf(['failed', 'passed', 'excelled']),
        summary: text,
        details: mapOf(anything),
        duration: textLike(/^\d{2,}:[0-5]\d:[0-5]\d$/, 'hours, minutes and seconds'),
      },
    ),
    attachments: listOf(closed({ description: text, url: webAddress })),
  },
);

const headersOf = ({ sentKey }: Installation): Readonly<Record<string, string>> => ({ authorization: `Bearer ${sentKey}` });

function read(answered: Answered, successes: readonly number[], shape: Shape): Reading {
  if (isSuccess(answered))
    return { problems: [...unknownStatus(answered, successes).problems, ...shape(answered.body, '')], message: null };
  const { message, status } = keysOf(answered.body);
  const wrong = typeof status === 'number' && status !== answered.status ? [`status is ${status} in the body`] : [];
  return {
    problems: [...unknownStatus(answered, [...successes, ...REFUSED]).problems, ...ERROR(answered.body, ''), ...wrong],
    message: typeof message === 'string' ? message : null,
  };
}

function testsIn(body: unknown): readonly OfferedTest[] {
  const { tests } = keysOf(body);
  const rows: readonly unknown[] = Array.isArray(tests) ? tests : [];
  return rows.map(keysOf).map(({ id, name }) => ({ id: typeof id === 'number' ? id : String(id), name: String(name) }));
}

function startBody(order: Order, address: string): object {
  const { installation, test } = order;
  const subject = subjectOf(order);
  return {
    // As the partner wrote it: a number stays one.
    test_id: installation.tests.find(({ id }) => String(id) === test)?.id ?? test,
    job_shortcode: subject.jobId,
    job_title: subject.jobName,
    callback_url: `${address}/assessments/${order.id}`,
    candidate: {
      first_name: subject.firstName,
      last_name: subject.lastName,
      email: subject.email,
      phone: marked(installation, subject.person.phone),
    },
  };
}

const resultProblems: Shape = (value, at) => {
  const { status, results_url: url } = keysOf(value);
  const isUnlinked = status === 'completed' && url === undefined;
  return [...RESULT(value, at), ...(isUnlinked ? ['results_url is missing, which a completed assessment has to have'] : [])];
};

function result({ request, callers }: Incoming) {
  const order = orderWith(callers, ({ id }) => id === pathParam(request, 'id'));
  const { body } = request;
  take(order, body, resultProblems(body, ''), () => {
    const { status, results_url: url, assessment } = keysOf(body);
    const { score, summary, grade, details, duration } = keysOf(assessment);
    order.show({
      state: String(status),
      ...(typeof url === 'string' && { url }),
      ...(typeof score === 'string' && { score }),
      ...(typeof summary === 'string' && { summary }),
      ...(assessment !== undefined && {
        details: { ...(grade !== undefined && { grade }), ...(duration !== undefined && { duration }), ...keysOf(details) },
      }),
    });
  });
  return { body: {} };
}

/** Workable's Assessments providers (workable.readme.io/page/assessment-providers, and a provider's implementation of it; 2026). */
export const workable: Protocol = {
  slug: 'workable',
  configuration: ({ connection, callbackToken }, address) => ({ partnerKey: connection.partnerKey, callbackToken, apiUrl: address }),
  newOrderId: () => randomBytes(8).toString('hex'),
  list: (installation) => getting(`${installation.connection.baseUrl}/tests`, headersOf(installation)),
  readList: (answered) => ({ ...read(answered, [200], TESTS), tests: testsIn(answered.body) }),
  start: (order, address) =>
    posting(`${order.installation.connection.baseUrl}/assessments`, headersOf(order.installation), startBody(order, address)),
  readStart: (answered) => read(answered, [200, 201], STARTED),
  partnerIdIn: (body) => {
    const { assessment_id: id } = keysOf(body);
    return typeof id === 'string' ? id : null;
  },
  callersOf: ({ provider, request }) => {
    const token = bearer({ request });
    return provider.installationsWith(({ callbackToken }) => callbackToken === token);
  },
  routes: { 'PUT /assessments/:id': result },
};
