import type { Ats } from '../ats/ats.js';
import { Refusal } from '../ats/refusal.js';
import { Faults } from '../serving/faults.js';
import { RequestLog } from '../serving/request-log.js';
import type { Installation, Order } from './installation.js';
import type { Customers, Protocol } from './protocol.js';

/** One ATS as assessment partners know it: who connected the partner, and what happens to the partner's calls. */
export class Provider implements Customers {
  readonly installations = new Map<string, Installation>();
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly partner = new Map<string, unknown>();

  constructor(
    readonly protocol: Protocol,
    /** Whose accounts the installations are of. */
    readonly ats: Ats,
  ) {}

  get basePath(): string {
    return `/providers/${this.protocol.slug}`;
  }

  installationsWith(matches: (installation: Installation) => boolean): readonly Installation[] | undefined {
    const found = [...this.installations.values()].filter(matches);
    return found.length === 0 ? undefined : found;
  }
}

/** One of the callers' orders. Refused with 404 where it is none of theirs. */
export function orderWith(callers: readonly Installation[], matches: (order: Order) => boolean): Order {
  const found = callers.flatMap(({ orders }) => [...orders.values()]).find(matches);
  if (found === undefined) throw new Refusal(404, 'not_found', 'There is no such assessment');
  return found;
}
