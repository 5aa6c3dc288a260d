import type { Resource } from '#libs/model';
import type { Integration } from './integration.js';

/** What an answer is, where places may carry no marker. */
export type Document = Resource | 'error' | 'webhook' | 'action' | 'other';

interface Places {
  /** Texts that the allowlist lets in: they carry the family of `admittedCanary`. */
  readonly admitted: ReadonlySet<string>;
  /** What a reader has to understand, above all identifiers, times and closed lists. */
  readonly bare: ReadonlySet<string>;
}

const IDS = ['id', 'remote_id', 'remote_deleted_at', 'remote_updated_at'];

const PLACES: Readonly<Record<Exclude<Document, 'other'>, Places>> = {
  user: { admitted: new Set(['first_name', 'last_name', 'email']), bare: new Set(IDS) },
  job: {
    admitted: new Set(['name', 'location.city', 'location.state', 'location.country', 'stages.*.name']),
    bare: new Set([...IDS, 'status', 'visibility', 'stages.*.id', 'stages.*.remote_id', 'stages.*.index', 'hiring_team.*.id']),
  },
  candidate: {
    admitted: new Set(['first_name', 'last_name', 'email_addresses.first.email_address']),
    bare: new Set([...IDS, 'remote_created_at']),
  },
  application: {
    admitted: new Set(['current_stage.name']),
    bare: new Set([...IDS, 'remote_created_at', 'candidate_id', 'job_id', 'current_stage_id']),
  },
  error: { admitted: new Set(), bare: new Set(['status', 'error.code']) },
  action: {
    admitted: new Set(),
    bare: new Set([
      ...['status', 'data.outcome', 'data.results.*.type', 'data.results.*.data_url', 'data.results.*.content_type'],
      ...['data', 'data.candidate', 'data.job', 'data.current_stage', 'data.results.*'].flatMap((at) =>
        [...IDS, 'remote_created_at', 'changed_at', 'candidate_id', 'application_id', 'job_id', 'current_stage_id', 'remote_url'].map(
          (name) => `${at}.${name}`,
        ),
      ),
    ]),
  },
  webhook: {
    admitted: new Set(),
    bare: new Set([
      ...[
        'id',
        'integration_id',
        'integration_tool',
        'integration_category',
        'tool',
        'category',
        'changed_models.*.name',
        'end_user.origin_id',
      ],
      ...['sync_id', 'sync_state', 'sync_started_at', 'sync_ended_at', 'sync_duration_seconds', 'qa_status', 'setup_status', 'state'],
      ...['updated_at', 'deleted_at'],
    ]),
  },
};

/** Keys below these are the customer's own words. */
const FREE_KEYS = /(^|\.)(custom_fields|remote_data)(\.|$)/;

/** Numbers cannot carry letters: theirs are these digits and the place's number. Exact in a double. */
const FIRST_NUMBER = 730_473_040_000_000;

/**
 * Gives every place of an answer a marker of its own (`{canary}{number}x`): all texts, numbers and free keys that the allowlist does not admit.
 * A text that an enumeration, a fault or a quotation has put the bare canary into gets its place's marker too. Without a canary nothing changes.
 */
export function marked(integration: Integration | undefined, document: Document, value: unknown): unknown {
  const canary = integration?.behaviour.canary ?? null;
  return integration === undefined || canary === null ? value : new Marking(integration, canary, document).at(value, '');
}

/** The marker of a place that no walk over an answer reaches (a header, a page of HTML); empty without a canary. */
export function markerAt(integration: Integration | undefined, place: string): string {
  const canary = integration?.behaviour.canary ?? null;
  return integration === undefined || canary === null ? '' : markerOf(canary, integration.places.numberOf(place));
}

const markerOf = (canary: string, number: number) => `${canary}${String(number).padStart(4, '0')}x`;

class Marking {
  readonly #places: Places | null;

  constructor(
    private readonly integration: Integration,
    private readonly canary: string,
    private readonly document: Document,
  ) {
    this.#places = document === 'other' ? null : PLACES[document];
  }

  at(value: unknown, path: string): unknown {
    if (typeof value === 'string') return this.#text(value, path);
    if (typeof value === 'number') return this.#isFree(path) ? FIRST_NUMBER + this.#number(path) : value;
    if (Array.isArray(value)) return value.map((item, index) => this.at(item, below(path, itemName(path, index))));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const name = key.replace(` ${this.canary}`, '');
        return [this.#key(key, path, name), this.at(inner, below(path, name))];
      }),
    );
  }

  #key(key: string, path: string, name: string): string {
    const isFree = this.#places !== null && FREE_KEYS.test(path);
    return isFree || key !== name ? `${name} ${this.#marker(`${below(path, name)} (the key)`)}` : key;
  }

  #text(text: string, path: string): string {
    if (text.includes(this.canary)) return text.replaceAll(this.canary, this.#marker(path));
    if (this.#isFree(path)) return `${text} ${this.#marker(path)}`;
    const { admittedCanary } = this.integration.behaviour;
    if (admittedCanary === null || this.#places?.admitted.has(path) !== true) return text;
    const marker = markerOf(admittedCanary, this.#number(path));
    return text.includes('@') ? `${marker}.${text}` : `${text} ${marker}`;
  }

  #isFree(path: string): boolean {
    return this.#places !== null && !this.#places.admitted.has(path) && !this.#places.bare.has(path);
  }

  #marker(path: string): string {
    return markerOf(this.canary, this.#number(path));
  }

  #number(path: string): number {
    return this.integration.places.numberOf(`${this.document}.${path}`);
  }
}

const below = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/** Of the e-mail addresses the first is admitted, the others are not. */
const itemName = (path: string, index: number) => (path === 'email_addresses' && index === 0 ? 'first' : '*');
