import type { AllowedResult } from '#libs/allowlist';
import { GatewayError } from '#libs/model';
import type { SettingField } from '../contract/connector.js';
import { noteChannel, requireCandidate } from '../contract/note-channel.js';
import { fieldValues, resultChannelSetting, resultFieldSettings } from '../contract/result-settings.js';
import { byChannelSetting, idIn, requireResultGrant, type ResultChannel, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

const NOTE = 'note';
const CUSTOM_FIELDS = 'custom-fields';
const ASSESSMENT = 'completed-assessment';

export const RESULT_SETTINGS: readonly SettingField[] = [
  resultChannelSetting([NOTE, CUSTOM_FIELDS, ASSESSMENT]),
  {
    name: 'partnerId',
    label: 'Partner id',
    help: 'For completed-assessment: by which Ashby knows us as an assessment partner.',
    required: false,
    pattern: /^[\w-]{1,64}$/,
  },
  ...resultFieldSettings(/^[\w-]{1,64}$/),
];

/** On the candidate, and nobody is notified (Ashby OpenAPI, 2026-08). */
const note = noteChannel(NOTE, async (call, target, text) => {
  const body = { candidateId: requireCandidate(target), note: { type: 'text/plain', value: text }, sendNotifications: false };
  return idIn(await sendOnce(call, 'candidate.createNote', body), 'id');
});

/** One call for each field of the application’s; a value takes the place of the former (Ashby OpenAPI, 2026-08). */
const customFields: ResultChannel = {
  name: CUSTOM_FIELDS,
  inDoubt: 'repeat',
  replaces: true,
  async write(call, grant, { application }, { content }) {
    requireResultGrant(grant);
    for (const { field, value } of fieldValues(call.settings, content))
      await sendOnce(call, 'customField.setValue', {
        objectId: application,
        objectType: 'Application',
        fieldId: field,
        fieldValue: value,
      });
    return { channel: CUSTOM_FIELDS, remoteId: application };
  },
};

/** A finished assessment that nobody ordered. What sending the same one again does is in no document (Ashby OpenAPI, 2026-08). */
const assessment: ResultChannel = {
  name: ASSESSMENT,
  inDoubt: 'park',
  replaces: false,
  async write(call, grant, target, { content, marker }) {
    requireResultGrant(grant);
    const { partnerId } = call.settings;
    if (partnerId === undefined) throw new GatewayError('config-invalid', { detail: 'set partnerId: as which Ashby knows us' });
    await sendOnce(call, 'assessment.addCompletedToCandidate', {
      candidateId: requireCandidate(target),
      partnerId,
      timestamp: new Date(content.completedAt).getTime(),
      assessment: { assessmentTypeId: 'alva', assessmentId: marker, assessmentName: 'Alva assessment', ...fieldsOf(content) },
    });
    return { channel: ASSESSMENT, remoteId: marker };
  },
};

/** The role fit is the result, where there is one; else the link. */
function fieldsOf({ roleFit, matchPercent, scores, summary, reportUrl }: AllowedResult): object {
  const field = (identifier: string, label: string, type: string, value: string | number) => ({ identifier, label, type, value });
  const link = field('results', 'Results', 'url', reportUrl);
  return {
    result: roleFit === null ? link : field('role_fit', 'Role fit', 'numeric_score', roleFit),
    metadata: [
      ...(matchPercent === null ? [] : [field('match', 'Match', 'numeric_score', matchPercent)]),
      ...scores.map(({ name, label, value }) => field(name, label, 'numeric_score', value)),
      ...(summary === null ? [] : [field('summary', 'Summary', 'string', summary)]),
      ...(roleFit === null ? [] : [link]),
    ],
  };
}

const channels = [note, customFields, assessment] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
