import type { Connector } from '../contract/connector.js';
import { results } from './results.js';

/**
 * An ATS that has built the integration itself, on our partner API: it sends its records and reads the results, so that nothing is called there.
 */
export const partner: Connector = {
  manifest: {
    slug: 'partner',
    name: 'Partner API',
    kind: 'partner',
    docsUrl: '/partner/docs',
    // Nothing is called there; a name that can never be one (RFC 2606).
    apiUrl: () => 'https://partner.invalid',
    oauth: null,
    settings: [],
    credentials: [],
    conditions: new Map([['CONNECTED', { state: 'connected', nextStep: null }]]),
    noApplicationsHint: null,
    assumed: [],
    rates: [],
    pageSize: 1_000,
  },
  ports: { check: () => Promise.resolve({ code: 'CONNECTED', drift: null }), results },
};
