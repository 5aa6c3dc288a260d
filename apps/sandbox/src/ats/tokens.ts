import { randomBytes } from 'node:crypto';
import type { AdvancingClock } from '../clock.js';

export interface Lifetimes {
  readonly codeMs: number;
  readonly accessMs: number;
  /** Of a refresh token that is not used; a used one is replaced. */
  readonly refreshMs: number;
}

export interface Issued {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresMs: number;
}

interface Code {
  readonly redirectUri: string;
  readonly endsMs: number;
}

const fresh = (kind: string): string => `${kind}-${randomBytes(12).toString('hex')}`;

/** An account's codes and tokens. A refresh token is good once. */
export class Tokens {
  readonly #codes = new Map<string, Code>();
  readonly #access = new Map<string, number>();
  readonly #refresh = new Map<string, number>();

  constructor(private readonly clock: AdvancingClock) {}

  code(redirectUri: string, { codeMs }: Lifetimes): string {
    const code = fresh('code');
    this.#codes.set(code, { redirectUri, endsMs: this.clock.nowMs() + codeMs });
    return code;
  }

  /** Undefined: the code is not known, was used, is too old, or was for another address. */
  redeem(code: string, redirectUri: string, lifetimes: Lifetimes): Issued | undefined {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    const isGood = known !== undefined && known.redirectUri === redirectUri && known.endsMs > this.clock.nowMs();
    return isGood ? this.issue(lifetimes) : undefined;
  }

  refresh(refreshToken: string, lifetimes: Lifetimes): Issued | undefined {
    const endsMs = this.#refresh.get(refreshToken) ?? 0;
    this.#refresh.delete(refreshToken);
    return endsMs > this.clock.nowMs() ? this.issue(lifetimes) : undefined;
  }

  issue({ accessMs, refreshMs }: Lifetimes): Issued {
    const nowMs = this.clock.nowMs();
    const issued = { accessToken: fresh('access'), refreshToken: fresh('refresh'), expiresMs: nowMs + accessMs };
    this.#access.set(issued.accessToken, issued.expiresMs);
    this.#refresh.set(issued.refreshToken, nowMs + refreshMs);
    return issued;
  }

  isGood(accessToken: string): boolean {
    return (this.#access.get(accessToken) ?? 0) > this.clock.nowMs();
  }

  /** The customer takes it back: nothing that was given is good any more. */
  revoke(): void {
    for (const given of [this.#codes, this.#access, this.#refresh]) given.clear();
  }
}
