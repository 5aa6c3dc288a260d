/** A request to the partner, as it goes out. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What the partner answered. */
export interface Answered {
  /** Null where there was no answer. */
  readonly status: number | null;
  readonly text: string;
  /** The text as JSON; undefined where it is none. */
  readonly body: unknown;
}

/** Longer than a recruiter waits for a page. */
const TIMEOUT_MS = 30_000;

/** A call with a JSON body. */
export function posting(url: string, headers: Readonly<Record<string, string>>, body: unknown): Call {
  return { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export const getting = (url: string, headers: Readonly<Record<string, string>>): Call => ({ method: 'GET', url, headers, body: null });

/** Sends the call once; a redirect is an answer. */
async function send({ method, url, headers, body }: Call): Promise<Answered> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== null && { body }),
    });
    const text = await response.text();
    return { status: response.status, text, body: parsed(text) };
  } catch {
    // Why there was no answer is the partner's affair: to an ATS they are all the same.
    return { status: null, text: '', body: undefined };
  }
}

/** Sends the call as often as is asked, all at once, and gives every answer. */
export function sendTimes(call: Call, times: number): Promise<readonly Answered[]> {
  return Promise.all(Array.from({ length: times }, () => send(call)));
}

export const isSuccess = ({ status }: Answered): boolean => status !== null && status >= 200 && status < 300;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
