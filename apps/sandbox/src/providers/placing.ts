import { ask, type Asked } from './asking.js';
import { isSuccess, sendTimes, type Call } from './driving.js';
import type { FailedCall } from './protocol.js';
import type { Provider } from './provider.js';
import type { Installation, OfferedTest, Order } from './installation.js';

export interface Outcome {
  readonly status: number | null;
  readonly accepted: boolean;
  readonly problems: readonly string[];
  readonly message: string | null;
  /** Of every answer, where the call was repeated. */
  readonly statuses: readonly (number | null)[];
  /** What the partner said to the report of its errors; null where none was sent. */
  readonly reported: number | null;
}

/** Asks the partner for its tests, as a recruiter's page does. */
export async function listTests(
  { protocol }: Provider,
  installation: Installation,
): Promise<Outcome & { readonly tests: readonly OfferedTest[] }> {
  const asked = await ask(installation, await protocol.list(installation), protocol.readList);
  installation.tests = asked.accepted ? protocol.readList(asked.answer).tests : [];
  return {
    ...(await told({ protocol }, installation, { step: 'list', problems: asked.problems, order: null }, asked)),
    tests: installation.tests,
  };
}

/** Orders the assessment with this call; the same call again is answered with the same id. */
export async function place({ protocol }: Pick<Provider, 'protocol'>, order: Order, call: Call): Promise<Outcome> {
  order.call = call;
  const asked = withOneId(protocol.partnerIdIn, order, await ask(order.installation, call, protocol.readStart));
  if (asked.accepted) {
    order.partnerId ??= protocol.partnerIdIn(asked.answer.body);
    // A result may have come before the answer to the order did.
    if (order.updates === 0) order.show({ state: 'sent' });
    protocol.startTaken?.(order, asked.answer);
  } else noteFailure(order, asked);
  return told({ protocol }, order.installation, { step: 'start', problems: asked.problems, order }, asked);
}

/** What stands already is left alone; a success that was not understood counts as something that was not taken. */
function noteFailure(order: Order, { answer, problems }: Asked): void {
  order.problems = problems;
  if (isSuccess(answer)) order.refused += 1;
  if (order.partnerId === null && order.updates === 0) order.show({ state: 'failed' });
}

/** Asks the partner how the assessment stands, and takes what it says. Null: this ATS does not ask. */
export async function poll({ protocol }: Pick<Provider, 'protocol'>, order: Order): Promise<Outcome | null> {
  if (protocol.poll === undefined) return null;
  const asked = await ask(order.installation, protocol.poll.call(order), protocol.poll.read);
  order.problems = asked.problems;
  if (asked.answer.body !== undefined) order.raw = asked.answer.body;
  if (asked.accepted) protocol.poll.taken(order, asked.answer.body);
  return told({ protocol }, order.installation, { step: 'poll', problems: asked.problems, order }, asked);
}

/** Calls an assessment off. Null: this ATS does not. */
export async function cancel({ protocol }: Pick<Provider, 'protocol'>, order: Order): Promise<Outcome | null> {
  if (protocol.cancel === undefined) return null;
  const asked = await ask(order.installation, protocol.cancel.call(order), protocol.cancel.read);
  if (asked.accepted) order.show({ state: 'cancelled' });
  return told({}, order.installation, null, asked);
}

/** An answer to a repeated call that names another assessment has started two. */
function withOneId(idIn: (body: unknown) => string | null, { partnerId }: Order, asked: Asked): Asked {
  const named = asked.answers.filter(isSuccess).map(({ body }) => idIn(body));
  const ids = [...new Set([partnerId, ...named])].filter((id) => id !== null);
  if (ids.length < 2) return asked;
  return { ...asked, accepted: false, problems: [...asked.problems, `the same order has different ids: ${ids.join(', ')}`] };
}

async function told(
  { protocol }: Partial<Pick<Provider, 'protocol'>>,
  installation: Installation,
  failed: FailedCall | null,
  { status, accepted, problems, message, answers }: Asked,
): Promise<Outcome> {
  const report = failed === null || problems.length === 0 || status === null ? undefined : protocol?.report?.(installation, failed);
  const [reply] = report === undefined ? [] : await sendTimes(report, 1);
  return { status, accepted, problems, message, statuses: answers.map((answer) => answer.status), reported: reply?.status ?? null };
}
