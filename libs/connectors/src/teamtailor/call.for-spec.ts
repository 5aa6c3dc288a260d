import { grantFor, type Grant, type Narrowing } from '#libs/consent';
import { RESOURCES, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import { clientTo } from '../http/source.for-spec.js';

export const API_KEY = 'api-key-canary';

/** A call to a source on this machine. */
export function callTo(baseUrl: string, settings: Call['settings'] = {}): Call {
  return {
    settings,
    credentials: { apiKey: API_KEY },
    platformKey: null,
    accessToken: () => Promise.reject(new Error('this source has no OAuth')),
    http: clientTo(baseUrl).client,
    signal: new AbortController().signal,
  };
}

/** A grant to sync with an ATS's own API. */
export function grantToRead(read: readonly Resource[] = RESOURCES, hiddenFields: Narrowing['hiddenFields'] = {}): Grant {
  const outcome = grantFor({
    tenantId: 'tenant',
    decision: {
      open: true,
      read,
      write: [],
      subProcessors: [],
      reasons: [],
      refusal: null,
      documentVersion: '1',
      nextChangeAt: null,
    },
    epoch: '1',
    integration: { id: 'integration', type: 'native' },
    purpose: 'sync',
    narrowing: { hiddenFields, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}
