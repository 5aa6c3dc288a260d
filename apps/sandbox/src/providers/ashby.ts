import { randomBytes } from 'node:crypto';
import { basicUser } from '../ats/exchange.js';
import { Refusal } from '../ats/refusal.js';
import { indexOfRemoteId } from '../live/remote-ids.js';
import { keysOf } from '../request-parts.js';
import { unknownStatus, type Reading } from './asking.js';
import { completedProblems, labelled, scoreOf, updateProblems, valueOf } from './ashby-fields.js';
import { posting, type Answered } from './driving.js';
import { marked, type Installation, type OfferedTest, Order } from './installation.js';
import type { Incoming, Protocol } from './protocol.js';
import { orderWith } from './provider.js';
import { listOf, oneOf, open, text, type Shape } from './shapes.js';
import { subjectOf } from './subject.js';
import { take } from './taking.js';

const TESTS = open({ success: oneOf([true]), results: listOf(open({ assessment_type_id: text, name: text, description: text })) });
const STARTED = open({ success: oneOf([true]), results: open({ assessment_id: text }, { update_request: updateProblems }) });

/** An update that comes with the answer is of the same assessment. */
const startedProblems: Shape = (value, at) => {
  const { assessment_id: id, update_request: told } = keysOf(keysOf(value)['results']);
  const isOther = told !== undefined && keysOf(told)['assessment_id'] !== id;
  return [...STARTED(value, at), ...(isOther ? ['results.update_request.assessment_id is of another assessment'] : [])];
};

const CANCELLED = open({ success: oneOf([true]), results: open({ assessment_id: text }) });
const ROLES = ['Hiring Manager', 'Recruiter', 'Recruiting Coordinator'] as const;
const STATUSES: Readonly<Record<string, string>> = { pending: 'Active', rejected: 'Archived', hired: 'Hired' };

const calling = ({ connection, sentKey }: Installation, path: string, body: object) =>
  posting(`${connection.baseUrl}${path}`, { authorization: `Basic ${Buffer.from(`${sentKey}:`).toString('base64')}` }, body);

/** 409 is for who is being assessed already; the words of a 422 are shown to the recruiter. */
function read(answered: Answered, shape: Shape): Reading {
  if (answered.status === 200) return { problems: shape(answered.body, ''), message: null };
  if (answered.status === 409) return { problems: [], message: 'The candidate is being assessed already' };
  if (answered.status !== 422) return unknownStatus(answered, [200, 401, 409, 422]);
  const { message } = keysOf(answered.body);
  return { problems: open({ message: text })(answered.body, ''), message: typeof message === 'string' ? message : null };
}

function testsIn(body: unknown): readonly OfferedTest[] {
  const { results } = keysOf(body);
  const rows: readonly unknown[] = Array.isArray(results) ? results : [];
  return rows.map(keysOf).map((row) => ({ id: String(row['assessment_type_id']), name: String(row['name']) }));
}

function startBody(order: Order): object {
  const { installation, test } = order;
  const subject = subjectOf(order);
  return {
    assessment_type_id: test,
    candidate: {
      ashby_id: subject.candidateId,
      first_name: subject.firstName,
      last_name: subject.lastName,
      email: subject.email,
      ashby_profile_url: `https://app.ashbyhq.com/candidates/${subject.candidateId}`,
    },
    application: { ashby_id: subject.applicationId, status: STATUSES[subject.outcome] },
    job: {
      ashby_id: subject.jobId,
      name: subject.jobName,
      req_id: marked(installation, 'REQ-1'),
      ashby_job_url: `https://app.ashbyhq.com/jobs/${subject.jobId ?? ''}`,
      hiringTeam: subject.team.map(({ userId, email, firstName, lastName }, place) => {
        return { userId, email, firstName, lastName, role: ROLES[place % ROLES.length] };
      }),
    },
    additional_fields: { birth_number: marked(installation, '850709-9805'), note: marked(installation, 'On sick leave until May') },
  };
}

const idIn = (body: unknown): string | null => {
  const { assessment_id: id } = keysOf(keysOf(body)['results']);
  return typeof id === 'string' ? id : null;
};

function showUpdate(order: Order, body: unknown): void {
  const {
    assessment_status: status,
    assessment_profile_url: url,
    assessment_result: result,
    cancelled_reason: reason,
    metadata,
  } = keysOf(body);
  const score = scoreOf(result);
  const state = reason !== undefined ? 'cancelled' : result !== undefined ? 'completed' : String(valueOf(status));
  order.show({
    state,
    ...(url !== undefined && { url: String(valueOf(url)) }),
    ...(result !== undefined && { score }),
    ...(reason !== undefined && { summary: String(valueOf(reason)) }),
    ...(metadata !== undefined && { details: labelled(metadata) }),
  });
}

function update({ request, callers }: Incoming) {
  const { body } = request;
  const { assessment_id: id } = keysOf(body);
  if (typeof id !== 'string') throw new Refusal(422, 'invalid_body', 'assessment_id must be text');
  const order = orderWith(callers, ({ partnerId }) => partnerId === id);
  take(order, body, updateProblems(body, ''), () => showUpdate(order, body));
  return { body: { success: true, results: { assessment_id: id } } };
}

/** An assessment that nobody ordered: it stands with the candidate from now on. The same one again changes it. */
function addCompleted({ request, callers }: Incoming) {
  const { body } = request;
  const problems = completedProblems(body, '');
  const { candidateId, assessment } = keysOf(body);
  const { assessmentId, assessmentTypeId, assessmentName, result, metadata } = keysOf(assessment);
  if (problems.length > 0) throw new Refusal(422, 'invalid_body', problems.join('; '));
  const [installation] = callers;
  const candidate = indexOfRemoteId('candidate', String(candidateId));
  const table = installation?.account.records.tables.candidate;
  if (
    installation === undefined ||
    candidate === undefined ||
    table === undefined ||
    candidate >= table.size ||
    table.live(candidate).isDeleted
  )
    throw new Refusal(404, 'not_found', 'There is no such candidate');
  const known = [...installation.orders.values()].find(({ partnerId }) => partnerId === assessmentId);
  const order = known ?? new Order(newOrderId(), installation, candidate, null, null, String(assessmentTypeId));
  order.partnerId = String(assessmentId);
  installation.orders.set(order.id, order);
  const score = scoreOf(result);
  take(order, body, [], () =>
    order.show({
      state: 'completed',
      score,
      summary: String(assessmentName),
      details: labelled(metadata),
    }),
  );
  return { body: { success: true, results: { assessmentId } } };
}

const newOrderId = (): string => randomBytes(8).toString('hex');

/** Ashby Assessments (OpenAPI of 2026-08; developers.ashbyhq.com/docs/creating-an-assessments-integration). */
export const ashby: Protocol = {
  slug: 'ashby',
  configuration: ({ account, connection }, address) => ({ partnerKey: connection.partnerKey, apiKey: account.apiKey, apiUrl: address }),
  newOrderId,
  list: (installation) => calling(installation, '/assessment.list', {}),
  readList: (answered) => ({ ...read(answered, TESTS), tests: testsIn(answered.body) }),
  start: (order) => calling(order.installation, '/assessment.start', startBody(order)),
  readStart: (answered) => read(answered, startedProblems),
  partnerIdIn: idIn,
  startTaken: (order, { body }) => {
    const { update_request: told } = keysOf(keysOf(body)['results']);
    if (told !== undefined) take(order, told, [], () => showUpdate(order, told));
  },
  cancel: {
    call: ({ installation, partnerId }) => calling(installation, '/assessment.cancel', { assessment_id: partnerId }),
    read: (answered) => read(answered, CANCELLED),
  },
  callersOf: ({ provider, request }) => {
    const key = basicUser({ request });
    return provider.installationsWith(({ account }) => account.apiKey === key);
  },
  routes: { 'POST /assessment.update': update, 'POST /assessment.addCompletedToCandidate': addCompleted },
};
