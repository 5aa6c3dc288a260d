import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { ErrorKind, Resource, ResultState } from '#libs/model';

/** Everything that the gateway logs of its own accord: ids, numbers and codes from closed lists, nothing else. */
export type LogEvent =
  | {
      readonly event: 'request';
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly durationMs: number;
    }
  | {
      readonly event: 'request-failed';
      readonly requestId: string;
      readonly kind: ErrorKind;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | {
      readonly event: 'sync-started' | 'sync-continued';
      readonly tenantId: string;
      readonly runId: string;
      readonly mode: string;
      readonly attempt: number;
    }
  | {
      readonly event: 'sync-ended';
      readonly tenantId: string;
      readonly runId: string;
      readonly state: string;
      readonly kind: ErrorKind | null;
      readonly read: number;
      readonly durationMs: number;
    }
  | {
      readonly event: 'sync-left';
      readonly tenantId: string;
      readonly runId: string;
      readonly kind: ErrorKind;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | {
      readonly event: 'result-attempted';
      readonly tenantId: string;
      readonly applicationId: string;
      readonly attempt: number;
      readonly state: ResultState;
      readonly kind: string | null;
    }
  | {
      readonly event: 'result-failed';
      readonly step: 'claim' | 'deliver';
      readonly kind: ErrorKind;
      readonly tenantId?: string;
      readonly applicationId?: string;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | {
      readonly event: 'subscription-failing';
      readonly subscriptionId: string;
      readonly failures: number;
      readonly error: string;
      readonly status: number | null;
    }
  | {
      readonly event: 'subscription-disabled';
      readonly subscriptionId: string;
      readonly reason: string;
      readonly failures: number;
      readonly error: string;
      readonly status: number | null;
    }
  | {
      readonly event: 'subscription-failed';
      readonly step: 'claim' | 'deliver' | 'beat' | 'leave';
      readonly kind: ErrorKind;
      readonly subscriptionId?: string;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | {
      readonly event: 'order-poll-failed';
      readonly kind: ErrorKind;
      readonly tenantId?: string;
      readonly integrationId?: string;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | {
      readonly event: 'deletions-held';
      readonly tenantId: string;
      readonly runId: string;
      readonly resource: Resource;
      readonly count: number;
    }
  | { readonly event: 'drift-found'; readonly tenantId: string; readonly integrationId: string; readonly codes: readonly string[] }
  | {
      readonly event: 'check-failed';
      readonly kind: ErrorKind;
      readonly tenantId?: string;
      readonly integrationId?: string;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | { readonly event: 'switch-compared'; readonly tenantId: string; readonly switchId: string }
  | {
      readonly event: 'switch-failed';
      readonly kind: ErrorKind;
      readonly tenantId?: string;
      readonly switchId?: string;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | { readonly event: 'webhooks-missed'; readonly count: number }
  | { readonly event: 'tick'; readonly due: number; readonly stalled: number }
  | {
      readonly event: 'tick-failed' | 'task-queue-failed' | 'dispatch-failed';
      readonly kind: ErrorKind;
      readonly sqlState?: string | null;
      readonly frames?: readonly string[];
    }
  | { readonly event: 'framework'; readonly context: string | null; readonly words: string }
  | {
      readonly event: 'framework-failed';
      readonly context: string | null;
      readonly errorClass?: string;
      readonly frames?: readonly string[];
    }
  | { readonly event: 'database-log-shows-values'; readonly settings: readonly string[] }
  | { readonly event: 'started'; readonly roles: readonly string[]; readonly url: string | null }
  | { readonly event: 'stopped' };

type Level = 'error' | 'warn' | 'info' | 'debug';

/** A line of a stack that names a place: an error's words may have lines of their own that begin as these do. */
const FRAME = /^\s+at .*(file:|node:|\/)\S+:\d+:\d+\)?$/;

/** Where an unexpected error happened: its class and its frames. Its message may quote a value and stays out. */
export function whereOf(thrown: unknown): { errorClass?: string; frames?: readonly string[] } {
  if (!(thrown instanceof Error)) return {};
  const frames = (thrown.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  return { errorClass: thrown.constructor.name, frames: frames.slice(0, 12).map((line) => line.trim()) };
}

/** The one way to the log: typed events, so that nothing of a record can slip in. */
@Injectable()
export class Log {
  constructor(private readonly pino: PinoLogger) {}

  write(level: Level, event: LogEvent): void {
    this.pino[level](event);
  }
}
