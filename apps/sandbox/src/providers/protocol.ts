import type { FastifyRequest } from 'fastify';
import type { Answer } from '../ats/vendor.js';
import type { Reading } from './asking.js';
import type { Answered, Call } from './driving.js';
import type { Installation, OfferedTest, Order } from './installation.js';

/** What the ATS knows of the partner. */
export interface Customers {
  installationsWith(matches: (installation: Installation) => boolean): readonly Installation[] | undefined;
  /** What the partner changed of itself (Teamtailor). */
  readonly partner: Map<string, unknown>;
}

/** A call of the partner's to the ATS. */
export interface Incoming {
  readonly provider: Customers;
  readonly request: FastifyRequest;
  /** The customers whom the partner may speak for with the credentials that it sent. */
  readonly callers: readonly Installation[];
}

/** What the partner answered to the question for its tests. */
export interface ListReading extends Reading {
  readonly tests: readonly OfferedTest[];
}

/** One ATS's side of its protocol with assessment partners. `address` is the stand-in's own, without a trailing slash. */
export interface Protocol {
  readonly slug: 'greenhouse' | 'ashby' | 'workable' | 'teamtailor';
  /** What the partner has to be told to serve this customer. */
  readonly configuration: (installation: Installation, address: string) => object | Promise<object>;
  /** Characters that a partner's key may have. */
  readonly longestKey?: number;
  /** The ATS's own id of a new order. */
  readonly newOrderId: () => string;
  readonly list: (installation: Installation) => Call | Promise<Call>;
  readonly readList: (answered: Answered) => ListReading;
  readonly start: (order: Order, address: string) => Call | Promise<Call>;
  readonly readStart: (answered: Answered) => Reading;
  /** The partner's id of what was started; null where it gives none. */
  readonly partnerIdIn: (body: unknown) => string | null;
  /** What else the answer to a start tells. */
  readonly startTaken?: (order: Order, answered: Answered) => void;
  readonly cancel?: { readonly call: (order: Order) => Call; readonly read: (answered: Answered) => Reading };
  readonly poll?: {
    readonly call: (order: Order) => Call;
    readonly read: (answered: Answered) => Reading;
    readonly taken: (order: Order, body: unknown) => void;
  };
  /** Tells the partner that its answer was not understood. */
  readonly report?: (installation: Installation, failed: FailedCall) => Call;
  /** Undefined: the credentials are nobody's. */
  readonly callersOf: (incoming: Omit<Incoming, 'callers'>) => readonly Installation[] | undefined;
  /** `PUT /assessments/:id`, below the stand-in's address. */
  readonly routes: Readonly<Record<string, (incoming: Incoming) => Answer>>;
}

/** A call whose answer was not what the vendor wants. */
export interface FailedCall {
  readonly step: 'list' | 'start' | 'poll';
  readonly problems: readonly string[];
  readonly order: Order | null;
}
