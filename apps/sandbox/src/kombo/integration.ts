import type { Resource } from '#libs/model';
import { countApplications } from '../people/applying.js';
import { IdMaker } from './ids.js';
import { MarkedPlaces } from './marked-places.js';
import { Scopes } from './scopes.js';
import { Table } from './table.js';

/** What an integration's records are made of. Equal recipes give equal records. */
export interface Recipe {
  readonly seed: number;
  readonly candidates: number;
  readonly jobs: number;
  readonly users: number;
}

export interface Identity {
  readonly id: string;
  readonly tool: string;
  readonly environmentId: string;
  readonly originId: string | null;
  readonly organizationName: string;
  readonly createdAt: string;
}

export interface State {
  status: 'ACTIVE' | 'INVALID' | 'INACTIVE';
  setupStatus: 'INCOMPLETE' | 'FINAL_SYNC_PENDING' | 'COMPLETED';
  qaStatus: 'PENDING' | 'FAILED' | 'PASSED';
  dataExpiredAt: string | null;
}

export interface Behaviour {
  /** Stands in every string that the allowlist does not admit. */
  canary: string | null;
  /** Stands in every text that the allowlist does admit, so that a search that must not find the canary can prove that it sees. */
  admittedCanary: string | null;
  /** Kombo's dashboard switch: lists then hold only candidates and applications that were made through Kombo. */
  onlyCreatedApplications: boolean;
  /** Names of query parameters that this ATS cannot serve. */
  unsupportedFilters: readonly string[];
  /** Whether a renamed stage makes its applications re-appear under `updated_after`; Kombo's own specifications disagree. */
  stageRenameTouchesApplications: boolean;
  /** `at-once`: a forced sync has run when the call returns. `queued`: it waits for the control API's sync. */
  forceSync: 'at-once' | 'queued';
}

/** One tenant's connection in Kombo: what it is, what state it is in, and the records, live at the ATS and mirrored by Kombo. */
export class Integration {
  readonly ids: IdMaker;
  readonly scopes = new Scopes();
  readonly places = new MarkedPlaces();
  readonly tables: { readonly [R in Resource]: Table };
  /** Applications that were added to a candidate after the seeded ones. */
  readonly addedApplications = new Map<number, number[]>();
  readonly queuedSyncs = new Map<'FULL' | 'DELTA', string>();
  state: State = { status: 'ACTIVE', setupStatus: 'COMPLETED', qaStatus: 'PASSED', dataExpiredAt: null };
  behaviour: Behaviour;
  syncCount = 0;

  constructor(
    readonly identity: Identity,
    readonly recipe: Recipe,
    behaviour: Behaviour,
  ) {
    this.behaviour = behaviour;
    this.ids = new IdMaker(identity.id);
    this.tables = {
      user: new Table(recipe.users),
      job: new Table(recipe.jobs),
      candidate: new Table(recipe.candidates),
      application: new Table(countApplications(recipe.candidates)),
    };
  }
}

export const DEFAULT_BEHAVIOUR: Behaviour = {
  canary: null,
  admittedCanary: null,
  onlyCreatedApplications: false,
  unsupportedFilters: [],
  stageRenameTouchesApplications: false,
  forceSync: 'at-once',
};
