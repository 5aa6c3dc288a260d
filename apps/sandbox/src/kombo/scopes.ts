import type { Resource } from '#libs/model';

export const SETTINGS = ['ENABLED', 'DISABLED', 'OPTIONAL'] as const;
export type Setting = (typeof SETTINGS)[number];

export const COVERAGES = ['SUPPORTED', 'UNSUPPORTED', 'NOT_IMPLEMENTED', 'UNKNOWN'] as const;
export type Coverage = (typeof COVERAGES)[number];

export interface Scope {
  readonly setting: Setting;
  readonly optedOut: boolean;
  /** What the tool can do at all. */
  readonly coverage: Coverage;
}

const OPEN: Scope = { setting: 'ENABLED', optedOut: false, coverage: 'SUPPORTED' };

/** What the tool offers, the dashboard's scope configuration and the customer allow, per read model, field and action. Everything, until it is narrowed. */
export class Scopes {
  readonly #models = new Map<Resource, Scope>();
  readonly #fields = new Map<Resource, Map<string, Scope>>();
  readonly #actions = new Map<string, Scope>();

  model(resource: Resource): Scope {
    return this.#models.get(resource) ?? OPEN;
  }

  setModel(resource: Resource, scope: Partial<Scope>): void {
    this.#models.set(resource, { ...this.model(resource), ...scope });
  }

  field(resource: Resource, field: string): Scope {
    return this.#fields.get(resource)?.get(field) ?? OPEN;
  }

  setField(resource: Resource, field: string, scope: Partial<Scope>): void {
    const fields = this.#fields.get(resource) ?? new Map<string, Scope>();
    fields.set(field, { ...this.field(resource, field), ...scope });
    this.#fields.set(resource, fields);
  }

  action(id: string): Scope {
    return this.#actions.get(id) ?? OPEN;
  }

  setAction(id: string, scope: Partial<Scope>): void {
    this.#actions.set(id, { ...this.action(id), ...scope });
  }

  /** Fields of the model that come as null. */
  closedFields(resource: Resource): string[] {
    const fields = this.#fields.get(resource) ?? new Map<string, Scope>();
    return [...fields].flatMap(([field, scope]) => (isOpen(scope) ? [] : [field]));
  }

  copy(): Scopes {
    const copy = new Scopes();
    for (const [resource, scope] of this.#models) copy.setModel(resource, scope);
    for (const [resource, fields] of this.#fields) for (const [field, scope] of fields) copy.setField(resource, field, scope);
    for (const [id, scope] of this.#actions) copy.setAction(id, scope);
    return copy;
  }
}

export function isOpen({ setting, optedOut, coverage }: Scope): boolean {
  return setting !== 'DISABLED' && !optedOut && coverage === 'SUPPORTED';
}
