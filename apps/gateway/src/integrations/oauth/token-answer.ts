import { GatewayError, type Clock } from '#libs/model';

/** What an ATS gave us. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: Date;
}

const LONGEST_TOKEN = 16_384;
const LONGEST_LIFETIME_MS = 365 * 24 * 3600_000;

/** Reads a token endpoint's answer (RFC 6749, 5.1). Throws `remote-invalid-response`; nothing of the answer is in the error. */
export function readTokens(
  json: unknown,
  { clock, defaultLifetimeMs }: { readonly clock: Clock; readonly defaultLifetimeMs: number },
): Tokens {
  const answer = new Map(typeof json === 'object' && json !== null ? Object.entries(json) : []);
  const accessToken = tokenIn(answer.get('access_token'));
  if (accessToken === null) throw new GatewayError('remote-invalid-response', { context: { reason: 'token' } });
  const now = clock.now().getTime();
  const expiresAt = new Date(now + Math.min(LONGEST_LIFETIME_MS, lifetimeMs(answer, now) ?? defaultLifetimeMs));
  return { accessToken, refreshToken: tokenIn(answer.get('refresh_token')), expiresAt };
}

const tokenIn = (value: unknown): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= LONGEST_TOKEN && /^[\x21-\x7e]+$/.test(value) ? value : null;

/** `expires_in` seconds, or Greenhouse's `expires_at` (an ISO time; guide to partner OAuth, 2026). */
function lifetimeMs(answer: ReadonlyMap<string, unknown>, now: number): number | null {
  const seconds = Number(answer.get('expires_in'));
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  const at = answer.get('expires_at');
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return Number.isNaN(time) || time <= now ? null : time - now;
}
