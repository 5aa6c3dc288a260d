import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether one of the secrets made this signature: HMAC-SHA256 over the message. Constant in time over the secrets too: how long it takes does
 * not tell which one is in use. Anything that is no hex of 32 bytes matches nothing.
 */
export function isSignedInHex(message: string | Buffer, signature: unknown, secrets: readonly string[]): boolean {
  if (typeof signature !== 'string' || !/^[0-9a-fA-F]{64}$/.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  let matches = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(message).digest();
    matches = timingSafeEqual(expected, given) || matches;
  }
  return matches;
}
