import type { SettingField } from '../contract/connector.js';
import { authorSetting, noteChannel, requireAuthor, requireCandidate } from '../contract/note-channel.js';
import { fieldValues, resultChannelSetting, resultFieldSettings } from '../contract/result-settings.js';
import { byChannelSetting, idIn, requireResultGrant, type ResultChannel, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

const NOTE = 'note';
const CUSTOM_FIELDS = 'custom-fields';

/** Visible to those who may see private notes: a score shown to too many is worse than one that has to be looked for. */
const VISIBILITY = 'private';

export const RESULT_SETTINGS: readonly SettingField[] = [
  resultChannelSetting([NOTE, CUSTOM_FIELDS]),
  authorSetting('Greenhouse', /^\d{1,15}$/, 'without it the acting user’s.'),
  ...resultFieldSettings(/^[a-z0-9_]{1,80}$/),
];

/** The scope to read notes is not asked for (Harvest v3 field registry, 2026-08). */
const note = noteChannel(NOTE, async (call, target, body) => {
  const made = await sendOnce(call, 'POST', 'notes', {
    candidate_id: Number(requireCandidate(target)),
    application_id: Number(target.application),
    user_id: Number(requireAuthor(call, call.settings['userId'])),
    body,
    visibility: VISIBILITY,
    note_type: 'NOTE',
  });
  return idIn(made, 'id');
});

/** An array of keys and values when written (Harvest v3 field registry, 2026-08). The same again changes nothing. */
const customFields: ResultChannel = {
  name: CUSTOM_FIELDS,
  inDoubt: 'repeat',
  replaces: true,
  async write(call, grant, target, { content }) {
    requireResultGrant(grant);
    const fields = fieldValues(call.settings, content).map(({ field, value }) => ({ name_key: field, value }));
    const id = requireCandidate(target);
    await sendOnce(call, 'PATCH', `candidates/${encodeURIComponent(id)}`, { custom_fields: fields });
    return { channel: CUSTOM_FIELDS, remoteId: id };
  },
};

const channels = [note, customFields] as const;

/** A note on the candidate, or two custom fields of theirs. */
export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
