import type { LoggerService } from '@nestjs/common';
import { whereOf, type Log } from './log.js';

/**
 * What Nest says of itself. Its progress is its own words; its complaints quote the error that was thrown, so that only where it happened
 * passes.
 */
export class FrameworkLog implements LoggerService {
  constructor(private readonly logged: Log) {}

  log(words: unknown, ...rest: readonly unknown[]): void {
    this.logged.write('debug', { event: 'framework', context: contextOf(rest), words: typeof words === 'string' ? words : '' });
  }

  debug(words: unknown, ...rest: readonly unknown[]): void {
    this.log(words, ...rest);
  }

  verbose(words: unknown, ...rest: readonly unknown[]): void {
    this.log(words, ...rest);
  }

  error(thrown: unknown, ...rest: readonly unknown[]): void {
    this.logged.write('error', { event: 'framework-failed', context: contextOf(rest), ...whereOf(thrown) });
  }

  fatal(thrown: unknown, ...rest: readonly unknown[]): void {
    this.error(thrown, ...rest);
  }

  warn(thrown: unknown, ...rest: readonly unknown[]): void {
    this.logged.write('warn', { event: 'framework-failed', context: contextOf(rest), ...whereOf(thrown) });
  }
}

/** Nest's last argument names the class that speaks; a stack may stand there as well. */
function contextOf(rest: readonly unknown[]): string | null {
  const last = rest.at(-1);
  return typeof last === 'string' && /^\w{1,60}$/.test(last) ? last : null;
}
