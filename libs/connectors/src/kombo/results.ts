import { GatewayError } from '#libs/model';
import type { AllowedResult } from '#libs/allowlist';
import type { Call } from '../contract/call.js';
import type { SettingField } from '../contract/connector.js';
import { noteChannel } from '../contract/note-channel.js';
import { isObject, own } from '../contract/raw-object.js';
import { resultLabel, scoreLines } from '../contract/rendering.js';
import { requireResultGrant, type ResultChannel, type ResultPort, type ResultTarget } from '../contract/results.js';
import { integrationIdOf, readList, sendOnce } from './client.js';

const ORDER = 'assessment-order';
const RESULT_LINK = 'result-link';
const NOTE = 'note';

export const RESULT_SETTINGS: readonly SettingField[] = [
  {
    name: 'komboAssessmentIntegrationId',
    label: 'Kombo assessment integration id',
    help: 'Of the same customer’s connection of category ASSESSMENT, where recruiters order assessments in the ATS itself.',
    required: false,
    pattern: /^[a-z0-9_-]{1,64}:[1-9A-HJ-NP-Za-km-z]{24}$/,
    isAccount: true,
  },
];

/** The result of the order by which the application came; the order’s state tells whether one arrived (Kombo OpenAPI, 2026-05-02). */
const order: ResultChannel = {
  name: ORDER,
  inDoubt: 'ask',
  replaces: true,
  async find(call, target) {
    const { results } = await readList(call, 'assessment/orders', { ids: orderOf(target) }, assessmentIntegrationOf(call));
    const found = results.find((each) => isObject(each) && own(each, 'id') === target.order);
    const isDone = isObject(found) && own(found, 'status') === 'COMPLETED';
    return isDone ? { channel: ORDER, remoteId: target.order } : null;
  },
  async write(call, grant, target, { content }) {
    requireResultGrant(grant);
    const path = `assessment/orders/${encodeURIComponent(orderOf(target))}/result`;
    await sendOnce(call, 'PUT', path, orderResult(content), assessmentIntegrationOf(call));
    return { channel: ORDER, remoteId: target.order };
  },
};

/** Kombo puts it where the tool shows links, else into a note or a field. It cannot be read again, changed or taken back. */
const link: ResultChannel = {
  name: RESULT_LINK,
  inDoubt: 'park',
  replaces: false,
  async write(call, grant, { application }, { content, marker }) {
    requireResultGrant(grant);
    const attributes = scoreLines(content).map((line) => {
      const [key = '', value = ''] = line.split(': ');
      return { key, value };
    });
    const body = {
      label: `${resultLabel(content)} (${marker})`,
      url: content.reportUrl,
      details: { custom_field_name_prefix: 'Alva', attributes },
    };
    await sendOnce(call, 'POST', `ats/applications/${encodeURIComponent(application)}/result-links`, body, integrationIdOf(call));
    return { channel: RESULT_LINK, remoteId: null };
  },
};

const note = noteChannel(NOTE, async (call, { application }, content) => {
  const path = `ats/applications/${encodeURIComponent(application)}/notes`;
  await sendOnce(call, 'POST', path, { content, content_type: 'PLAIN_TEXT' }, integrationIdOf(call));
  return null;
});

/** The order’s own result where there is an order; else a result link, and a note where the tool has no links or they are switched off. */
export const results: ResultPort = {
  channels: [link, note, order],
  channelsFor: ({ komboAssessmentIntegrationId }, target) =>
    target.order === null || komboAssessmentIntegrationId === undefined ? [link, note] : [order],
};

function orderResult({ completedAt, reportUrl, roleFit, matchPercent, scores, summary }: AllowedResult): object {
  return {
    status: 'COMPLETED',
    completed_at: completedAt,
    result_url: reportUrl,
    ...(roleFit === null ? {} : { score: roleFit, max_score: 99 }),
    attributes: [
      ...(matchPercent === null ? [] : [{ type: 'TEXT', label: 'Match', value: `${matchPercent} of 100` }]),
      ...scores.map(({ name, label, value, max }) => ({ type: 'SUB_RESULT', id: name, label, score: { value, max }, status: 'COMPLETED' })),
      ...(summary === null ? [] : [{ type: 'TEXT', label: 'Summary', value: summary }]),
    ],
    attachments: [],
  };
}

function orderOf({ order: id }: ResultTarget): string {
  if (id === null) throw new GatewayError('unsupported', { detail: 'the application did not come by an order' });
  return id;
}

/** Orders belong to an integration of their own beside the ATS one. */
export function assessmentIntegrationOf({ settings }: Call): string {
  const id = settings['komboAssessmentIntegrationId'];
  if (id === undefined)
    throw new GatewayError('config-invalid', { detail: 'set komboAssessmentIntegrationId: orders belong to an integration of their own' });
  return id;
}
