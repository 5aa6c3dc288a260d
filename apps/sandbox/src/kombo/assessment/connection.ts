import { applicationFacts, candidateFacts, jobFacts, userFacts } from '../../live/facts.js';
import { remoteIdOf } from '../../live/remote-ids.js';
import { freeId } from '../ids.js';
import type { Integration } from '../integration.js';
import { hidden } from '../records/parts.js';

export interface Package {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
}

export type OrderStatus = 'OPEN' | 'COMPLETED' | 'CANCELLED' | 'REJECTED';

export interface Order {
  readonly id: string;
  readonly packageId: string;
  /** The application's number. */
  readonly application: number;
  readonly createdMs: number;
  status: OrderStatus;
  /** Every result that came, the last one last. */
  readonly results: unknown[];
}

/** The connection of category ASSESSMENT that a customer has beside the ATS one, with an id of its own (Kombo OpenAPI, 2026-05-02). */
export class AssessmentConnection {
  readonly id: string;
  packages: readonly Package[] = [];
  readonly orders: Order[] = [];

  constructor(readonly integration: Integration) {
    this.id = `${integration.identity.tool}:${freeId(`assessment ${integration.identity.id}`)}`;
  }

  order(application: number, packageId: string, createdMs: number): Order {
    const id = freeId(`order ${this.id} ${this.orders.length}`);
    const order: Order = { id, packageId, application, createdMs, status: 'OPEN', results: [] };
    this.orders.push(order);
    return order;
  }
}

/** Kombo's `AssessmentOrder` (OpenAPI 2026-05-02): remote ids alone, and of the person more than we may hold. */
export function orderObject({ integration }: AssessmentConnection, { id, packageId, application, status }: Order) {
  const { records } = integration;
  const facts = applicationFacts(records, application);
  const person = candidateFacts(records, facts.candidate);
  const job = facts.job === null ? null : jobFacts(records, facts.job);
  return {
    id,
    package_id: packageId,
    status,
    candidate: {
      remote_id: remoteIdOf('candidate', facts.candidate),
      email: person.emails[0] ?? 'nobody@mail.example',
      first_name: person.firstName,
      last_name: person.lastName,
      phone: hidden(integration, '+46 70 123 45 67'),
    },
    application: { remote_id: remoteIdOf('application', application) },
    job: {
      remote_id: facts.job === null ? null : remoteIdOf('job', facts.job),
      name: job?.name ?? null,
      job_code: hidden(integration, 'J-1'),
      description: hidden(integration, '<p>What it is about</p>'),
      location: null,
      hiring_team: (job?.team ?? []).map((user) => {
        const { firstName, lastName, email } = userFacts(records, user);
        return {
          remote_id: remoteIdOf('user', user),
          email,
          first_name: firstName,
          last_name: lastName,
          hiring_team_roles: ['RECRUITER'],
        };
      }),
    },
  };
}
