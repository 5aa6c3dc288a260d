import { requireResultGrant, type ResultChannel, type ResultPort } from '../contract/results.js';
import { isProtocol, protocolChannel, PROTOCOLS } from './protocols.js';

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

const byProtocol = new Map(PROTOCOLS.map((protocol) => [protocol, protocolChannel(protocol)]));

/** By the ATS's own protocol where that is set and the application came by an order of it; else held ready. */
export const results: ResultPort = {
  channels: [reading, ...byProtocol.values()],
  channelsFor: ({ protocol }, { order }) => {
    const own = isProtocol(protocol) && order !== null ? byProtocol.get(protocol) : undefined;
    return own === undefined ? [reading] : [own];
  },
};
