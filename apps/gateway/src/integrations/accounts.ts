import type { Manifest } from '#libs/connectors';

/** What the source calls the accounts that these settings name. */
export function accountsOf({ settings: fields }: Manifest, settings: Readonly<Record<string, string>>): string[] {
  return fields.flatMap(({ name, isAccount }) => (isAccount === true && settings[name] !== undefined ? [settings[name]] : []));
}
