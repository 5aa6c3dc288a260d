import type { AdvancingClock } from '../clock.js';
import { Faults } from '../serving/faults.js';
import { RequestLog } from '../serving/request-log.js';
import type { Account } from './account.js';
import type { Vendor } from './vendor.js';

/** One vendor's stand-in: its accounts, and what happens to requests. */
export class Ats {
  readonly accounts = new Map<string, Account>();
  readonly faults = new Faults();
  readonly log = new RequestLog();

  constructor(
    readonly vendor: Vendor,
    readonly clock: AdvancingClock,
  ) {}

  get basePath(): string {
    return `/ats/${this.vendor.slug}`;
  }

  accountWith(matches: (account: Account) => boolean): Account | undefined {
    return [...this.accounts.values()].find(matches);
  }
}
