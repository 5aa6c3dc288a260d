import type { Connector } from './contract/connector.js';
import { greenhouse } from './greenhouse/index.js';
import { kombo } from './kombo/index.js';

/** Every connector there is. */
export const CONNECTORS: readonly Connector[] = [kombo, greenhouse];

const bySlug: ReadonlyMap<string, Connector> = new Map(CONNECTORS.map((connector) => [connector.manifest.slug, connector]));

/** The connector of a slug, undefined where there is none. */
export const connectorBySlug = (slug: string): Connector | undefined => bySlug.get(slug);
