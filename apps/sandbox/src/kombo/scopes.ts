import type { Resource } from '#libs/model';

export const SETTINGS = ['ENABLED', 'DISABLED', 'OPTIONAL'] as const;
export type Setting = (typeof SETTINGS)[number];

export interface Scope {
  readonly setting: Setting;
  readonly optedOut: boolean;
}

const OPEN: Scope = { setting: 'ENABLED', optedOut: false };

/** What the dashboard's scope configuration and the customer allow, per read model and field. Everything, until it is narrowed. */
export class Scopes {
  readonly #models = new Map<Resource, Scope>();
  readonly #fields = new Map<Resource, Map<string, Scope>>();

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

  /** Fields of the model that come as null. */
  closedFields(resource: Resource): string[] {
    const fields = this.#fields.get(resource) ?? new Map<string, Scope>();
    return [...fields].flatMap(([field, scope]) => (isOpen(scope) ? [] : [field]));
  }
}

export function isOpen({ setting, optedOut }: Scope): boolean {
  return setting !== 'DISABLED' && !optedOut;
}
