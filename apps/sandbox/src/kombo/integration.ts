import type { Resource } from '#libs/model';
import { ActionLog } from './actions/action-log.js';
import type { Attachment } from './actions/attachment.js';
import { Slots } from './actions/slots.js';
import { IdMaker } from './ids.js';
import { MarkedPlaces } from './marked-places.js';
import { Scopes } from './scopes.js';
import type { Recipe, Records } from '../live/records.js';
import type { Table } from '../live/table.js';

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
  /** Whether `data-changed` comes after a single change that Kombo sees, as with an ATS that has webhooks of its own; otherwise after syncs only. */
  upstreamWebhooks: boolean;
  /** What include_deleted returns 14 days after a deletion: nothing, or the record without its content. Kombo's documentation says both. */
  oldDeletions: 'gone' | 'anonymised';
  /** Actions in flight at a time. */
  concurrencyLimit: number;
  /** How long the ATS takes over an action. */
  actionMs: number;
  /** Stands in the `warnings` of every action that succeeds. */
  actionWarning: string | null;
}

/** A tag that came into being through Kombo. */
export interface AddedTag {
  readonly name: string;
  /** When a sync has read it; null: not yet. */
  seenAtMs: number | null;
}

/** One tenant's connection in Kombo: what it is, what state it is in, and the records, live at the ATS and mirrored by Kombo. */
export class Integration {
  readonly recipe: Recipe;
  readonly ids: IdMaker;
  /** As configured: what the API may be asked for. */
  readonly scopes = new Scopes();
  /** As of the last sync: what the records hold. */
  appliedScopes = new Scopes();
  readonly places = new MarkedPlaces();
  readonly tables: { readonly [R in Resource]: Table };
  readonly addedApplications: Map<number, number[]>;
  readonly queuedSyncs = new Map<'FULL' | 'DELTA', string>();
  state: State = { status: 'ACTIVE', setupStatus: 'COMPLETED', qaStatus: 'PASSED', dataExpiredAt: null };
  behaviour: Behaviour;
  syncCount = 0;
  /** Since when every sync was refused by the ATS; null: the last one was not. */
  loginFailsSinceMs: number | null = null;
  readonly addedTags: AddedTag[] = [];
  readonly attachments: Attachment[] = [];
  readonly actions = new ActionLog();
  readonly slots = new Slots();

  constructor(
    readonly identity: Identity,
    /** Of the ATS that it is connected to. */
    readonly records: Records,
    behaviour: Behaviour,
  ) {
    this.behaviour = behaviour;
    this.ids = new IdMaker(identity.id);
    this.recipe = records.recipe;
    this.tables = records.tables;
    this.addedApplications = records.addedApplications;
    if (behaviour.onlyCreatedApplications) this.#hideOthers(0);
  }

  /** The dashboard's switch: what Kombo no longer tracks is deleted to its readers, and comes back as it was. */
  setTracking(onlyCreated: boolean, nowMs: number): void {
    if (onlyCreated === this.behaviour.onlyCreatedApplications) return;
    this.behaviour = { ...this.behaviour, onlyCreatedApplications: onlyCreated };
    this.#hideOthers(onlyCreated ? nowMs : null);
    for (const resource of ['candidate', 'application'] as const) this.tables[resource].rescope(nowMs);
  }

  #hideOthers(sinceMs: number | null): void {
    for (const resource of ['candidate', 'application'] as const) this.tables[resource].hideOthers(sinceMs);
  }
}

export const DEFAULT_BEHAVIOUR: Behaviour = {
  canary: null,
  admittedCanary: null,
  onlyCreatedApplications: false,
  unsupportedFilters: [],
  stageRenameTouchesApplications: false,
  forceSync: 'at-once',
  upstreamWebhooks: true,
  oldDeletions: 'gone',
  concurrencyLimit: 30,
  actionMs: 0,
  actionWarning: null,
};
