import type { SettingField } from '#libs/connectors';
import { GatewayError } from '#libs/model';

/**
 * Checks what was filled in against a connector's fields: unknown names, missing required ones and values of another form are refused by
 * name. Throws `invalid-request`; a value is never repeated.
 */
export function checkForm(
  what: 'settings' | 'credentials',
  fields: readonly SettingField[],
  given: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const faults = Object.keys(given)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => `${what}.${name.replace(/\W/g, '?').slice(0, 60)} is not known`);
  const filled: Record<string, string> = {};
  for (const { name, required, pattern, help } of fields) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && required) faults.push(`${what}.${name} is missing (${help})`);
    if (value === undefined) continue;
    if (typeof value === 'string' && new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(value)) filled[name] = value;
    else faults.push(`${what}.${name} is not valid (${help})`);
  }
  if (faults.length > 0) throw new GatewayError('invalid-request', { detail: faults.join('; ') });
  return filled;
}
