import { byChannelSetting, requireResultGrant, type ResultChannel, type ResultPort } from '../contract/results.js';

/** The result is held ready, and the ATS reads it: doing so again changes nothing. */
const reading: ResultChannel = {
  name: 'reading',
  inDoubt: 'repeat',
  replaces: true,
  write: (_call, grant) => {
    requireResultGrant(grant);
    return Promise.resolve({ channel: 'reading', remoteId: null });
  },
};

const channels = [reading] as const;

export const results: ResultPort = { channels, channelsFor: byChannelSetting(channels) };
