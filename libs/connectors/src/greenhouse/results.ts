import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { SettingField } from '../contract/connector.js';
import { resultText } from '../contract/rendering.js';
import { fieldValues, resultChannelSetting, resultFieldSettings } from '../contract/result-settings.js';
import { byChannelSetting, idIn, requireResultGrant, type ResultChannel, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

const NOTE = 'note';
const CUSTOM_FIELDS = 'custom-fields';

/** Visible to those who may see private notes: a score shown to too many is worse than one that has to be looked for. */
const VISIBILITY = 'private';

export const RESULT_SETTINGS: readonly SettingField[] = [
  resultChannelSetting([NOTE, CUSTOM_FIELDS]),
  {
    name: 'noteUserId',
    label: 'Author of notes',
    help: 'For note: number of the Greenhouse user whose notes the results are; without it the acting user.',
    required: false,
    pattern: /^\d{1,15}$/,
  },
  ...resultFieldSettings(/^[a-z0-9_]{1,80}$/),
];

/** Notes are never read (their scope is not asked for), so whether one is there only a person can tell. A note stays as it is. */
const note: ResultChannel = {
  name: NOTE,
  inDoubt: 'park',
  replaces: false,
  async write(call, grant, { application, candidate }, { content, marker }) {
    requireResultGrant(grant);
    const author = call.settings['noteUserId'] ?? call.settings['userId'];
    if (author === undefined) throw lacking('set noteUserId: notes in Greenhouse have an author');
    const made = await sendOnce(call, 'POST', 'notes', {
      candidate_id: Number(requireCandidate(candidate)),
      application_id: Number(application),
      user_id: Number(author),
      body: resultText(content, marker),
      visibility: VISIBILITY,
      note_type: 'NOTE',
    });
    return { channel: NOTE, remoteId: idIn(made, 'id') };
  },
};

/** An array of keys and values when written (Harvest v3 field registry, 2026-08). The same again changes nothing. */
const customFields: ResultChannel = {
  name: CUSTOM_FIELDS,
  inDoubt: 'repeat',
  replaces: true,
  async write(call: Call, grant, { candidate }, { content }) {
    requireResultGrant(grant);
    const fields = fieldValues(call.settings, content).map(({ field, value }) => ({ name_key: field, value }));
    const id = requireCandidate(candidate);
    await sendOnce(call, 'PATCH', `candidates/${encodeURIComponent(id)}`, { custom_fields: fields });
    return { channel: CUSTOM_FIELDS, remoteId: id };
  },
};

const channels = [note, customFields] as const;

/** A note on the candidate, or two custom fields of theirs. */
export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };

function requireCandidate(candidate: string | null): string {
  if (candidate !== null) return candidate;
  throw lacking('the application’s candidate is not known yet; it is sent when the next sync has read them');
}

const lacking = (detail: string): GatewayError => new GatewayError('config-invalid', { detail });
