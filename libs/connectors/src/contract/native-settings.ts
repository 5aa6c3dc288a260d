import type { SettingField } from './connector.js';

const ADDRESS = /^https?:\/\/[A-Za-z0-9.-]{1,253}(:\d{1,5})?(\/[\w.~-]+){0,8}$/;

/**
 * Every native connector's: another address of the same API. Its host must be one that EGRESS_ALLOW_HOSTS names, so that a setting alone sends
 * no credentials anywhere.
 */
const API_URL_SETTING: SettingField = {
  name: 'apiUrl',
  label: 'API address',
  help: 'Only for simulators and proxies: another address of the API. Its host must be in EGRESS_ALLOW_HOSTS.',
  required: false,
  pattern: ADDRESS,
};

/** Every native connector's: a customer whom the ATS admits more or fewer requests than it documents. */
const REQUEST_LIMIT_SETTING: SettingField = {
  name: 'requestLimit',
  label: 'Requests admitted',
  help: 'Only where the ATS admits this customer another number of requests than it documents: per window, or at once.',
  required: false,
  pattern: /^[1-9]\d{0,6}$/,
};

/** The same for the endpoints of OAuth: `tokenUrl` and `authorizeUrl` are below it. */
export const AUTH_URL_SETTING: SettingField = {
  name: 'authUrl',
  label: 'Login address',
  help: 'Only for simulators and proxies: another address of the OAuth endpoints. Its host must be in EGRESS_ALLOW_HOSTS.',
  required: false,
  pattern: ADDRESS,
};

/** What every native connector ends its settings with. */
export const NATIVE_SETTINGS: readonly SettingField[] = [API_URL_SETTING, REQUEST_LIMIT_SETTING];
