import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, SignedDelivery, WebhookPort } from '../contract/webhooks.js';

/**
 * What to read again, by type (Ashby OpenAPI, 2026-08; which resource a type touches is our reading). Interviews, offers, openings, surveys and
 * HRIS exports change nothing that we hold.
 */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['applicationSubmit', ['candidate', 'application']],
  ['applicationUpdate', ['application']],
  ['candidateStageChange', ['application']],
  ['candidateHire', ['application']],
  ['candidateDelete', ['candidate', 'application']],
  ['candidateMerge', ['candidate', 'application']],
  ['jobCreate', ['job']],
  ['jobUpdate', ['job']],
  ['jobPostingUpdate', ['job']],
  ['jobPostingPublish', ['job']],
  ['jobPostingUnpublish', ['job']],
  ['interviewPlanTransition', ['job', 'application']],
  ...['interviewScheduleCreate', 'interviewScheduleUpdate', 'openingCreate', 'pushToHRIS', 'surveySubmit', 'ping'].map(
    (type): [string, readonly Resource[]] => [type, []],
  ),
]);

const OTHER = 'other';
const SIGNATURE_HEADER = 'ashby-signature';
const SIGNATURE = /^sha256=([0-9a-fA-F]{64})$/;

/** Ashby's webhooks: `Ashby-Signature: sha256=<hex>`, HMAC-SHA256 over the raw body with the webhook's `secretToken` (Ashby OpenAPI, 2026-08). */
export const webhooks: WebhookPort = { types: [...TOUCHED.keys(), OTHER], isAuthentic, secretsOf, handshake, read };

/** The signature has no time in it: a replayed body stays authentic, and is harmless as it only says where to look. */
function isAuthentic({ rawBody, headers }: SignedDelivery, secrets: readonly string[]): boolean {
  const given = headers[SIGNATURE_HEADER];
  const signature = typeof given === 'string' ? SIGNATURE.exec(given)?.[1] : undefined;
  return isSignedInHex(rawBody, signature, secrets);
}

function secretsOf(credentials: Readonly<Record<string, string>>): readonly string[] {
  const secret = credentials['webhookSecret'];
  return secret === undefined ? [] : [secret];
}

/** The `ping` with which Ashby tries a new webhook may come unsigned (Ashby OpenAPI, 2026-08). It needs no header, only an answer. */
function handshake({ rawBody, headers }: SignedDelivery): Readonly<Record<string, string>> | null {
  return headers[SIGNATURE_HEADER] === undefined && actionIn(parsed(rawBody)) === 'ping' ? {} : null;
}

/** Ashby documents no id of a delivery, and names no account: the address that it is sent to does. */
function read(body: unknown): InboundWebhook {
  const action = actionIn(body);
  const resources = TOUCHED.get(action);
  const notice =
    resources === undefined || resources.length === 0 ? ({ about: 'nothing' } as const) : ({ about: 'data', resources } as const);
  return { id: null, type: resources === undefined ? OTHER : action, account: null, notice };
}

function actionIn(body: unknown): string {
  const action = isObject(body) ? own(body, 'action') : undefined;
  return typeof action === 'string' ? action : OTHER;
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}
