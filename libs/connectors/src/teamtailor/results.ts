import type { SettingField } from '../contract/connector.js';
import { authorSetting, noteChannel, requireAuthor, requireCandidate } from '../contract/note-channel.js';
import { isObject, own } from '../contract/raw-object.js';
import { byChannelSetting, idIn, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

export const RESULT_SETTINGS: readonly SettingField[] = [
  authorSetting('Teamtailor', /^\d{1,15}$/, 'Teamtailor wants one, and results are not sent without it.'),
];

/** A note on the candidate (Teamtailor API documentation, 2021-02). Teamtailor’s own result cards belong to its partner interface. */
const note = noteChannel('note', async (call, target, text) => {
  const related = (type: string, id: string) => ({ data: { id, type } });
  const made = await sendOnce(call, 'notes', {
    data: {
      type: 'notes',
      attributes: { note: text },
      relationships: { candidate: related('candidates', requireCandidate(target)), user: related('users', requireAuthor(call)) },
    },
  });
  return isObject(made) ? idIn(own(made, 'data'), 'id') : null;
});

const channels = [note] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
