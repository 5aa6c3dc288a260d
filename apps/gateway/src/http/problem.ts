import type { ErrorKind } from '#libs/model';

/** How a kind of error shows over HTTP and in the log. */
interface Row {
  readonly status: number;
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly title: string;
  /** What the caller can do about it, where the error itself does not say. */
  readonly nextStep: string;
}

/** The one table from kind to status and log level. */
export const PROBLEMS: Readonly<Record<ErrorKind, Row>> = {
  'invalid-request': { status: 400, level: 'debug', title: 'Invalid request', nextStep: 'see /docs for what the call takes' },
  unauthenticated: {
    status: 401,
    level: 'info',
    title: 'Not authenticated',
    nextStep: 'send "Authorization: Bearer <token>" with a token that has not expired',
  },
  forbidden: { status: 403, level: 'info', title: 'Not allowed', nextStep: 'ask for a token with the scope that /docs names for the call' },
  'not-found': { status: 404, level: 'debug', title: 'Not found', nextStep: 'check the ids in the path' },
  conflict: { status: 409, level: 'info', title: 'Conflict', nextStep: 'read the current state and decide anew' },
  'idempotency-key-reused': { status: 422, level: 'info', title: 'Idempotency-Key reused', nextStep: 'take a new key for a new request' },
  'rate-limited': { status: 429, level: 'info', title: 'Too many requests', nextStep: 'wait as long as Retry-After says' },
  'consent-missing': {
    status: 403,
    level: 'info',
    title: 'No data processing agreement in force',
    nextStep: 'record the signed agreement with POST /platform/v1/tenants/{tenantId}/consents',
  },
  'consent-does-not-cover': {
    status: 403,
    level: 'info',
    title: 'The data processing agreement does not cover this',
    nextStep: 'see reasons at GET /platform/v1/tenants/{tenantId}/consent and have the agreement extended',
  },
  'integration-disabled': {
    status: 403,
    level: 'info',
    title: 'The integration is not enabled',
    nextStep: 'have the customer enable it (an entry "integration-enabled") and an integration activated',
  },
  'remote-auth-failed': {
    status: 502,
    level: 'warn',
    title: 'The ATS refused our login',
    nextStep: 'repair the login and run the check of the integration',
  },
  'remote-forbidden': {
    status: 502,
    level: 'warn',
    title: 'The ATS refused access',
    nextStep: 'have the missing right granted at the ATS',
  },
  'remote-rate-limited': { status: 503, level: 'info', title: 'The ATS limits our requests', nextStep: 'wait as long as Retry-After says' },
  'remote-unavailable': { status: 503, level: 'warn', title: 'The ATS does not answer', nextStep: 'try again later' },
  'remote-invalid-response': {
    status: 502,
    level: 'warn',
    title: 'The ATS answered with something unreadable',
    nextStep: 'try again later; tell us if it stays',
  },
  unsupported: { status: 422, level: 'info', title: 'Not supported', nextStep: 'see GET /platform/v1/connectors for what is' },
  'config-invalid': {
    status: 500,
    level: 'error',
    title: 'The gateway is not configured rightly',
    nextStep: 'tell the platform team the requestId',
  },
  internal: {
    status: 500,
    level: 'error',
    title: 'Something went wrong on our side',
    nextStep: 'try again; tell the platform team the requestId if it stays',
  },
};
