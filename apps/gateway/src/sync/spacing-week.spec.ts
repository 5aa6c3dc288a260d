import { exchange, type RateLimit, type RateState } from '#libs/connectors';
import { nextDeltaMs, nextFullMs } from './spacing.js';

const MINUTE_MS = 60_000;
const DAY = 24 * 60;
const TENANTS = 10_000;
const LIMIT: RateLimit = {
  name: 'requests',
  kind: 'fixed-window',
  scope: 'platform-key',
  counts: 'requests',
  most: 300,
  windowMs: MINUTE_MS,
  headers: null,
};

interface Run {
  readonly tenant: number;
  readonly full: boolean;
  /** Requests that are left. */
  left: number;
}

/** The same numbers every time. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/** Minutes of what happens to 10,000 tenants at one Kombo key, with the true limit and the true spacing; only the calls are not made. */
class Week {
  readonly quota = { tenants: TENANTS, limitPerWindow: LIMIT.most, windowMs: MINUTE_MS };
  readonly used: { notice: number; poll: number }[] = [];
  /** Minutes from when a tenant's poll was due to its end, after the first day. */
  readonly lateness: number[] = [];
  readonly noticeWaits: number[] = [];
  /** A complete read of a tenant of 5,000 candidates and as many applications, and few that are far larger. */
  readonly pages = Array.from({ length: TENANTS }, (_, tenant) => (tenant % 100 === 0 ? 400 : 44));
  private readonly random = drawing(20261123);
  private readonly dueAt = new Map<number, Run[]>();
  private readonly polls: Run[] = [];
  private readonly notices: (Run & { readonly since: number })[] = [];
  private readonly due = new Map<number, number>();
  private state: RateState | null = null;

  constructor() {
    // All have been read completely and came together: the worst beginning.
    for (let tenant = 0; tenant < TENANTS; tenant++) {
      this.plan(0, { tenant, full: false, left: 4 });
      this.plan(this.minutesOf(nextFullMs(this.quota, this.pages[tenant] ?? 0, 7 * DAY * MINUTE_MS, this.random)) * this.random(), {
        tenant,
        full: true,
        left: this.pages[tenant] ?? 0,
      });
    }
  }

  minute(now: number): void {
    this.polls.push(...(this.dueAt.get(now) ?? []));
    this.dueAt.delete(now);
    if (now % 360 === 0) for (let n = 0; n < 500; n++) this.notify(now);
    if (this.random() < 0.5) this.notify(now);
    const served = { notice: 0, poll: 0 };
    // Within a minute the processes come back for more until nothing is granted.
    for (let round = 0; round < 100; round++) {
      const granted = this.ask(now);
      served.notice += this.serve(this.notices, granted.notice, ({ since }) => this.noticeWaits.push(now - since));
      served.poll += this.serve(this.polls, granted.poll, (run) => this.ended(now, run));
      if (granted.notice + granted.poll === 0) break;
    }
    this.used.push(served);
  }

  private ask(now: number) {
    const left = (runs: readonly Run[]) =>
      Math.min(
        40,
        runs.reduce((sum, run) => sum + (sum < 40 ? run.left : 0), 0),
      );
    const wants = { notice: left(this.notices), poll: left(this.polls) };
    const message = {
      process: 'all',
      done: [{ period: this.state?.period ?? 0, answered: this.state?.out ?? wants, returned: { notice: 0, poll: 0 }, taken: true }],
      seen: [],
      exceeded: null,
      wants,
    };
    const { state, reply } = exchange(LIMIT, this.state, message, now * MINUTE_MS);
    this.state = state;
    return reply.granted;
  }

  private serve<R extends Run>(runs: R[], granted: number, ended: (run: R) => void): number {
    let served = 0;
    for (let run = runs[0]; run !== undefined && served < granted; run = runs[0]) {
      const taken = Math.min(run.left, granted - served);
      served += taken;
      run.left -= taken;
      if (run.left > 0) break;
      runs.shift();
      ended(run);
    }
    return served;
  }

  private notify(now: number): void {
    this.notices.push({ tenant: Math.floor(this.random() * TENANTS), full: false, left: 4, since: now });
  }

  private ended(now: number, { tenant, full }: Run): void {
    const pages = this.pages[tenant] ?? 0;
    if (full)
      return this.plan(now + this.minutesOf(nextFullMs(this.quota, pages, 7 * DAY * MINUTE_MS, this.random)), {
        tenant,
        full,
        left: pages,
      });
    if (now > DAY) this.lateness.push(now - (this.due.get(tenant) ?? 0));
    const next = now + this.minutesOf(nextDeltaMs(this.quota, 5 * MINUTE_MS, this.random));
    this.due.set(tenant, next);
    this.plan(next, { tenant, full, left: 4 });
  }

  private plan(at: number, run: Run): void {
    const minute = Math.max(0, Math.ceil(at));
    this.dueAt.set(minute, [...(this.dueAt.get(minute) ?? []), run]);
  }

  private minutesOf(ms: number): number {
    return Math.ceil(ms / MINUTE_MS);
  }
}

describe('a week of 10,000 tenants on 300 requests a minute', () => {
  const week = new Week();
  beforeAll(() => {
    for (let minute = 0; minute < 7 * DAY; minute++) week.minute(minute);
  });

  test('polls take at most half of every window, and all together no more than there is', () => {
    expect(Math.max(...week.used.map(({ poll }) => poll))).toBeLessThanOrEqual(150);
    expect(Math.max(...week.used.map(({ notice, poll }) => notice + poll))).toBeLessThanOrEqual(300);
  });

  test('each tenant is polled when it is due, minutes later at the most', () => {
    expect(week.lateness.length).toBeGreaterThan(TENANTS * 22);
    expect(week.lateness.reduce((most, minutes) => Math.max(most, minutes), 0)).toBeLessThan(15);
  });

  test('a burst of 500 webhooks at once is worked off in minutes', () => {
    expect(Math.max(...week.noticeWaits)).toBeLessThanOrEqual(14);
  });
});
