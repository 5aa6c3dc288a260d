import { isObject, own } from '../contract/raw-object.js';
import { noteChannel, requireCandidate } from '../contract/note-channel.js';
import { byChannelSetting, type ResultPort } from '../contract/results.js';
import { idIn, sendOnce } from './client.js';

/** A note on the candidate, in the name of the token’s user (third-party clients, 2021 to 2025; the body is uncertain). */
const note = noteChannel('note', async (call, target, body) => {
  const path = `candidates/${encodeURIComponent(requireCandidate(target))}/notes`;
  const made = await sendOnce(call, path, { note: { body } });
  const held = isObject(made) ? own(made, 'note') : null;
  return isObject(held) ? idIn(own(held, 'id')) : null;
});

const channels = [note] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
