import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Store, Tasks } from '#libs/store';
import { Environment } from '../config/environment.js';
import { Heartbeats } from '../telemetry/heartbeats.js';

/** Whoever asks wants to know soon; a database that takes longer is none to work with. */
const BUDGET_MS = 2500;

/** Many who ask share one look. */
const FRESH_MS = 1000;

export interface Standing {
  readonly database: 'writable' | 'read-only' | 'down';
  readonly migrations: 'current' | 'missing' | 'unknown';
  /** Whether tasks are claimed, or could be; null in a process that works on none. */
  readonly queue: 'claiming' | 'stalled' | null;
  /** Whether due syncs are looked for; null in a process that does not. */
  readonly scheduler: 'ticking' | 'stalled' | null;
  readonly stopping: boolean;
}

/** Whether this process is able to work at what its roles ask of it: a wedged worker answers a ping, and does nothing. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private stopping = false;
  private look: Promise<Standing> | null = null;

  constructor(
    private readonly store: Store,
    private readonly tasks: Tasks,
    private readonly heartbeats: Heartbeats,
    private readonly environment: Environment,
  ) {}

  /** Said before anything is stopped, so that no more work is sent here. */
  announceStop(): void {
    this.stopping = true;
    this.look = null;
  }

  beforeApplicationShutdown(): void {
    this.announceStop();
  }

  standing(): Promise<Standing> {
    this.look ??= this.find().finally(() => setTimeout(() => (this.look = null), FRESH_MS).unref());
    return this.look;
  }

  private async find(): Promise<Standing> {
    const { GATEWAY_ROLES: roles } = this.environment;
    const down = { database: 'down', migrations: 'unknown' } as const;
    const database = await Promise.race([this.database(), pause(BUDGET_MS, down, { ref: false })]);
    return {
      ...database,
      queue: roles.includes('worker') ? (this.tasks.isClaiming() ? 'claiming' : 'stalled') : null,
      scheduler: roles.includes('scheduler') ? (this.heartbeats.late().length === 0 ? 'ticking' : 'stalled') : null,
      stopping: this.stopping,
    };
  }

  private async database(): Promise<Pick<Standing, 'database' | 'migrations'>> {
    try {
      const isCurrent = await this.store.isCurrent();
      return { database: (await this.store.canWrite()) ? 'writable' : 'read-only', migrations: isCurrent ? 'current' : 'missing' };
    } catch {
      return { database: 'down', migrations: 'unknown' };
    }
  }
}

export const isReady = ({ database, migrations, queue, scheduler, stopping }: Standing): boolean =>
  database === 'writable' && migrations === 'current' && queue !== 'stalled' && scheduler !== 'stalled' && !stopping;
