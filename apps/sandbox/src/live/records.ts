import type { Resource } from '#libs/model';
import type { AdvancingClock } from '../clock.js';
import { countApplications } from '../people/applying.js';
import { Table } from './table.js';

/** What an account's records are made of. Equal recipes give equal records. */
export interface Recipe {
  readonly seed: number;
  readonly candidates: number;
  readonly jobs: number;
  readonly users: number;
}

/** What one customer holds in an ATS: seen by the ATS's own API at once, and by Kombo with its next sync. */
export class Records {
  readonly tables: { readonly [R in Resource]: Table };
  /** Applications that were added to a candidate after the seeded ones. */
  readonly addedApplications = new Map<number, number[]>();

  constructor(
    readonly recipe: Recipe,
    clock: AdvancingClock,
  ) {
    this.tables = {
      user: new Table(recipe.users, clock),
      job: new Table(recipe.jobs, clock),
      candidate: new Table(recipe.candidates, clock),
      application: new Table(countApplications(recipe.candidates), clock),
    };
  }
}
