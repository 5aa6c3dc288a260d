import { CONNECTORS, type Connector, type Manifest } from '#libs/connectors';
import { GatewayError, type IntegrationType } from '#libs/model';

/** What kind of connector serves which type. */
const KINDS: Readonly<Record<IntegrationType, Manifest['kind']>> = { kombo: 'unified', native: 'native', partner: 'partner' };

/**
 * The routing table: which connector serves an integration of a type to an ATS. A native one serves its own ATS, the others every one.
 * Throws `unsupported` where nothing does. Nothing past here knows which way was taken.
 */
export function route(type: IntegrationType, ats: string, connectors: readonly Connector[] = CONNECTORS): Connector {
  const found = connectors.find(({ manifest }) => manifest.kind === KINDS[type] && (manifest.kind !== 'native' || manifest.slug === ats));
  if (found !== undefined) return found;
  throw new GatewayError('unsupported', {
    context: { type },
    detail: 'no connector serves this ATS with this type; see GET /platform/v1/connectors',
  });
}
