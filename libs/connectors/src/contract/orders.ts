import type { Grant } from '#libs/consent';
import type { AssessmentPackage } from '#libs/model';
import type { Call } from './call.js';

/** An order as its source tells of it. The person is read as a candidate: of the order only ids are kept. */
export interface RemoteOrder {
  readonly externalId: string;
  readonly packageId: string;
  /** What the ATS calls the application and the candidate; null where it does not say. */
  readonly applicationRemoteId: string | null;
  readonly candidateRemoteId: string | null;
  /** Only to check that the record found by these ids is of the same person. */
  readonly candidateEmail: string | null;
}

export interface OrderPage {
  readonly orders: readonly RemoteOrder[];
  /** Where to go on, opaque; null at the end. */
  readonly next: string | null;
}

/** Assessments that recruiters order in the ATS itself. */
export interface OrderPort {
  /** The setting that names where the integration's orders come from; without it there are none. */
  readonly setting: string;
  /** What can be ordered: all of it, in place of what could be before. */
  readonly publish: (call: Call, packages: readonly AssessmentPackage[]) => Promise<void>;
  /** One order, by what the source calls it; null where there is none. */
  readonly one: (call: Call, grant: Grant, externalId: string) => Promise<RemoteOrder | null>;
  /** A page of the orders that are open. `grant` covers candidates and applications. */
  readonly open: (call: Call, grant: Grant, cursor: string | null) => Promise<OrderPage>;
}
