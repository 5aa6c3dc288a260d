import type { Connector, SettingField } from '../contract/connector.js';
import { PROTOCOLS } from './protocols.js';
import { results } from './results.js';

const credential = (name: string, label: string, help: string): SettingField => ({
  name,
  label,
  help,
  required: false,
  pattern: /^[\x21-\x39\x3b-\x7e]{8,400}$/,
});

/** Where each protocol's results go; of none, a name that can never be one (RFC 2606). */
const HOSTS: Readonly<Record<string, (subdomain: string) => string>> = {
  greenhouse: () => 'https://app.greenhouse.io/integrations/testing_partners',
  ashby: () => 'https://api.ashbyhq.com',
  workable: (subdomain) => `https://${subdomain}.workable.com`,
  teamtailor: () => 'https://api.teamtailor.com/partner/v1',
};

/**
 * An ATS that has built the integration itself: on our partner API, where it sends its records and reads the results, or by its own protocol for
 * assessment providers.
 */
export const partner: Connector = {
  manifest: {
    slug: 'partner',
    name: 'Partner API',
    kind: 'partner',
    docsUrl: '/partner/docs',
    apiUrl: ({ apiUrl, protocol, subdomain }) => apiUrl ?? HOSTS[protocol ?? '']?.(subdomain ?? '') ?? 'https://partner.invalid',
    oauth: null,
    settings: [
      {
        name: 'protocol',
        label: 'Protocol',
        help: `The ATS’s own protocol for assessment providers: ${PROTOCOLS.join(', ')}. Leave it empty for the partner API.`,
        required: false,
        pattern: new RegExp(`^(${PROTOCOLS.join('|')})$`),
      },
      {
        name: 'subdomain',
        label: 'Subdomain',
        help: 'For workable: of the account, the first part of https://….workable.com.',
        required: false,
        pattern: /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
      },
      {
        name: 'apiUrl',
        label: 'API address',
        help: 'Only for simulators and proxies: another address for results. Its host must be in EGRESS_ALLOW_HOSTS.',
        required: false,
        pattern: /^https?:\/\/[A-Za-z0-9.-]{1,253}(:\d{1,5})?(\/[\w.~-]+){0,8}$/,
      },
    ],
    credentials: [
      credential(
        'assessmentKey',
        'Key given to Greenhouse',
        'For greenhouse: the partner key that Greenhouse was given; each completion carries it.',
      ),
      credential('ashbyApiKey', 'Ashby API key', 'For ashby: the customer’s API key with the right candidatesWrite.'),
      credential('workableToken', 'Workable token', 'For workable: the token that Workable gave when the integration was made.'),
    ],
    conditions: new Map([['CONNECTED', { state: 'connected', nextStep: null }]]),
    noApplicationsHint: null,
    assumed: ['No vendor says what a completion that comes twice does: it is taken to change nothing.'],
    rates: [],
    pageSize: 1_000,
  },
  ports: { check: () => Promise.resolve({ code: 'CONNECTED', drift: null }), results },
};
