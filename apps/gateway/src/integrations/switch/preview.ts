import type { Connector } from '#libs/connectors';
import { fieldNamesOf, RESOURCES, type SwitchPreview } from '#libs/model';

/** How records come, and how a customer connects, is no capability of the tenant's: nobody who reads notices. */
const UNNOTICED: ReadonlySet<string> = new Set(['check', 'read', 'links', 'webhooks']);

/** Whoever sends records itself may fill every field. */
function fieldsOf({ ports }: Connector): ReadonlySet<string> {
  return new Set(
    RESOURCES.flatMap((resource) => (ports.read?.[resource].fills ?? fieldNamesOf(resource)).map((field) => `${resource}.${field}`)),
  );
}

const capabilitiesOf = ({ ports }: Connector): ReadonlySet<string> =>
  new Set(Object.entries(ports).flatMap(([name, port]) => (port === undefined || UNNOTICED.has(name) ? [] : [name])));

const without = (all: ReadonlySet<string>, those: ReadonlySet<string>): readonly string[] => [...all].filter((name) => !those.has(name));

/** What a tenant loses and gains with another connector, by what the two declare. `from` is null where no integration is active. */
export function previewOf(from: Connector | null, to: Connector): SwitchPreview {
  if (from === null)
    return { fields: { lost: [], gained: [...fieldsOf(to)] }, capabilities: { lost: [], gained: [...capabilitiesOf(to)] } };
  const fields = [fieldsOf(from), fieldsOf(to)] as const;
  const capabilities = [capabilitiesOf(from), capabilitiesOf(to)] as const;
  return {
    fields: { lost: without(fields[0], fields[1]), gained: without(fields[1], fields[0]) },
    capabilities: { lost: without(capabilities[0], capabilities[1]), gained: without(capabilities[1], capabilities[0]) },
  };
}
