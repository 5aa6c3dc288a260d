import type { SettingField } from '../contract/connector.js';
import { authorSetting } from '../contract/note-channel.js';
import { resultText } from '../contract/rendering.js';
import { idIn, requireResultGrant, byChannelSetting, type ResultChannel, type ResultPort } from '../contract/results.js';
import { sendOnce } from './client.js';

const NOTE = 'note';

export const RESULT_SETTINGS: readonly SettingField[] = [
  authorSetting('Lever', /^[\w-]{1,64}$/, 'without it they are the integration’s own.'),
];

/**
 * A note on the opportunity; one that was made through the API can be replaced. Notes are never read (their scope is not asked for), so whether one
 * is there only a person can tell (Lever Data API documentation, 2026).
 */
const note: ResultChannel = {
  name: NOTE,
  inDoubt: 'park',
  replaces: true,
  async write(call, grant, { application }, { content, marker, former }) {
    requireResultGrant(grant);
    const value = resultText(content, marker);
    const path = `opportunities/${encodeURIComponent(application)}/notes`;
    const author = call.settings['noteUserId'];
    if (former !== null && former.remoteId !== null) {
      await sendOnce(call, 'PUT', `${path}/${encodeURIComponent(former.remoteId)}`, {}, { values: [{ value }] });
      return former;
    }
    const made = await sendOnce(call, 'POST', path, author === undefined ? {} : { perform_as: author }, { value });
    return { channel: NOTE, remoteId: idIn(made, 'noteId') };
  },
};

const channels = [note] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
