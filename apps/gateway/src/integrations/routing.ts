import { CONNECTORS, type Connector } from '#libs/connectors';
import { GatewayError, type IntegrationType } from '#libs/model';

/**
 * The routing table: which connector serves an integration of a type to an ATS. A unified connector serves every ATS, a native one its own.
 * Throws `unsupported` where nothing does. Nothing past here knows which way was taken.
 */
export function route(type: IntegrationType, ats: string, connectors: readonly Connector[] = CONNECTORS): Connector {
  const found = connectors.find(({ manifest }) =>
    type === 'kombo' ? manifest.kind === 'unified' : type === 'native' && manifest.kind === 'native' && manifest.slug === ats,
  );
  if (found !== undefined) return found;
  throw new GatewayError('unsupported', {
    context: { type },
    detail: 'no connector serves this ATS with this type; see GET /platform/v1/connectors',
  });
}
