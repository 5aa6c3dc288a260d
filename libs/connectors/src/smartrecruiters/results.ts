import { GatewayError } from '#libs/model';
import type { SettingField } from '../contract/connector.js';
import { noteChannel, requireCandidate } from '../contract/note-channel.js';
import { fieldValues, resultChannelSetting, resultFieldSettings } from '../contract/result-settings.js';
import { byChannelSetting, idIn, requireResultGrant, type ResultChannel, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

const MESSAGE = 'message';
const CUSTOM_FIELDS = 'custom-fields';

export const RESULT_SETTINGS: readonly SettingField[] = [
  resultChannelSetting([MESSAGE, CUSTOM_FIELDS]),
  ...resultFieldSettings(/^[\w-]{1,64}$/),
];

/** A message of the Hireloop that names the candidate, to the job’s hiring team (the keys of `shareWith` are uncertain; reference of 2026-08). */
const message = noteChannel(MESSAGE, async (call, target, text) => {
  const content = `${text}\n#[CANDIDATE:${requireCandidate(target)}]`;
  const shareWith = target.job === null ? { openNote: true } : { hiringTeamOf: [target.job] };
  return idIn(await sendOnce(call, 'POST', 'messages/shares', { content, shareWith }), 'id');
});

/** Properties of the candidate for the job (SmartRecruiters’ API reference, 2025). A value takes the place of the former. */
const customFields: ResultChannel = {
  name: CUSTOM_FIELDS,
  inDoubt: 'repeat',
  replaces: true,
  async write(call, grant, target, { content }) {
    requireResultGrant(grant);
    const candidate = requireCandidate(target);
    if (target.job === null) throw new GatewayError('unsupported', { detail: 'the application is for no job' });
    for (const { field, value } of fieldValues(call.settings, content)) {
      const path = ['candidates', candidate, 'jobs', target.job, 'properties', field].map(encodeURIComponent).join('/');
      await sendOnce(call, 'PUT', path, { value });
    }
    return { channel: CUSTOM_FIELDS, remoteId: candidate };
  },
};

const channels = [message, customFields] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
