import type { Problem } from './generated/types.gen.js';

/** `unreachable`: no whole answer came. `unexpected-answer`: it was not the gateway's, but of something between us and it. */
export type ProblemCode = Problem['code'] | 'unreachable' | 'unexpected-answer';

interface Told {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
}

/** Why a call was not done: what the gateway answered (RFC 9457), or that no answer of it came. Holds neither the token nor anything of a body but the gateway's own words. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';
  /** 0 where no answer came. */
  readonly status: number;
  /** What to decide by. */
  readonly code: ProblemCode;
  /** One sentence that names the next step. */
  readonly detail: string;
  /** To be named to whoever runs the gateway. */
  readonly requestId: string | null;
  /** How long the gateway asked to wait before another try, where it did. */
  readonly retryAfterMs: number | null;

  constructor({ status, code, detail, requestId = null, retryAfterMs = null }: Told) {
    super(`${code}: ${detail}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }

  /** From an answer's status and text. `token`: it is cut out of whatever was answered. */
  static of(status: number, text: string, token: string, retryAfterMs: number | null): GatewayProblem {
    const given = parsed(text);
    if (!isProblem(given))
      return new GatewayProblem({ status, ...UNEXPECTED, detail: `answered ${status}, and not as the gateway would`, retryAfterMs });
    const [detail = '', requestId = ''] = [given.detail, given.requestId].map((said) => said.replaceAll(token, '…'));
    return new GatewayProblem({ status, code: given.code, detail, requestId, retryAfterMs });
  }
}

const UNEXPECTED = { code: 'unexpected-answer' } as const;

type Wire = Pick<Problem, 'code' | 'detail' | 'requestId'>;

const isProblem = (given: unknown): given is Wire =>
  typeof given === 'object' &&
  given !== null &&
  ['code', 'detail', 'requestId'].every((name) => typeof Reflect.get(given, name) === 'string');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
