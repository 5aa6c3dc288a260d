/**
 * How a link to an ATS stands. `connected`: it can be read. `remote-data-stale`: it can be read, and what the source holds is old.
 * Every other state says that somebody has to act or to wait; the state's code says what for.
 */
export const INTEGRATION_STATES = [
  'not-connected',
  'connected',
  'remote-not-ready',
  'remote-data-stale',
  'remote-auth-failed',
  'remote-disabled',
  'remote-deleted',
] as const;

export type IntegrationState = (typeof INTEGRATION_STATES)[number];
