import type { Problem } from './generated/types.gen.js';

/** What the gateway answers where it does not do what was asked (RFC 9457), or that no answer of it came: then `status` is 0 and `code` `unreachable`. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';

  constructor(
    readonly status: number,
    /** What to decide by. */
    readonly code: Problem['code'] | 'unreachable',
    /** One sentence that names the next step. */
    readonly detail: string,
    /** To be named to whoever runs the gateway. */
    readonly requestId: string | null,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }

  /** From an answer; whatever is no problem document (of something between us and the gateway) says no more than its status. */
  static of(status: number, body: unknown): GatewayProblem {
    const given: Partial<Problem> = typeof body === 'object' && body !== null ? body : {};
    const { code = 'internal', detail = `answered ${status} without saying why`, requestId = null } = given;
    return new GatewayProblem(status, code, detail, requestId);
  }
}
