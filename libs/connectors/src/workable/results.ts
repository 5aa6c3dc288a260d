import type { SettingField } from '../contract/connector.js';
import { authorSetting, noteChannel, requireAuthor } from '../contract/note-channel.js';
import { byChannelSetting, idIn, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

export const RESULT_SETTINGS: readonly SettingField[] = [
  authorSetting('Workable', /^[\w-]{1,64}$/, 'Workable wants one, and results are not sent without it.'),
];

/** A comment on the candidate, who is their one application here. It has an author always (clients of Workable's API, 2026). */
const comment = noteChannel('comment', async (call, { application }, body) => {
  const path = `candidates/${encodeURIComponent(application)}/comments`;
  return idIn(await sendOnce(call, path, { member_id: requireAuthor(call), comment: { body } }), 'id');
});

const channels = [comment] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
