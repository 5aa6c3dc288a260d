/** What came of one attempt at a call: an answer, read to its end, or none. */
export type Outcome =
  | { readonly status: number; readonly headers: Headers; readonly text: string; readonly token: string }
  | { readonly status: 0; readonly reason: string };

interface Attempt {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly token: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly fetch: typeof fetch;
}

/** Makes one attempt. Never throws: what failed may quote the token, so that only a name of it is told. A redirection is an answer: the token goes nowhere else. */
export async function attemptAt(
  address: string,
  { method, headers, body, token, timeoutMs, signal, fetch: send }: Attempt,
): Promise<Outcome> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await send(address, {
      method,
      headers: { ...headers, authorization: `Bearer ${token}` },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text(), token };
  } catch (failure) {
    return { status: 0, reason: timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(failure) };
  }
}

/** `ECONNREFUSED` and the like. */
function reasonOf(failure: unknown): string {
  const cause = failure instanceof Error ? failure.cause : undefined;
  const code: unknown = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z\d_]{1,40}$/.test(code) ? code : 'the connection was lost';
}
