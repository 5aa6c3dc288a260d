import type { Grant } from '#libs/consent';
import { GatewayError, type FieldName, type Resource } from '#libs/model';

/** By which names of the source's a field of ours is filled. */
export type SourceNames<R extends Resource> = { readonly [F in FieldName<R>]?: readonly string[] };

/** Throws `consent-does-not-cover` where the grant does not give leave to read the resource: nothing is then asked. */
export function requireGranted(grant: Grant, resource: Resource): void {
  if (!grant.fields.has(resource)) throw new GatewayError('consent-does-not-cover', { context: { resource } });
}

/** What to ask for where a source lets one choose: `always` (what ties records together), and what fills the granted fields. Each name once. */
export function grantedNames<R extends Resource>(grant: Grant, resource: R, always: readonly string[], names: SourceNames<R>): string[] {
  const granted = grant.fields.get(resource);
  const filled = Object.entries<readonly string[] | undefined>(names).flatMap(([field, sources]) =>
    granted?.has(field) === true ? (sources ?? []) : [],
  );
  return [...new Set([...always, ...filled])];
}
