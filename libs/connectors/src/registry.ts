import { ashby } from './ashby/index.js';
import type { Connector } from './contract/connector.js';
import { greenhouse } from './greenhouse/index.js';
import { kombo } from './kombo/index.js';
import { lever } from './lever/index.js';
import { partner } from './partner/index.js';
import { recruitee } from './recruitee/index.js';
import { smartrecruiters } from './smartrecruiters/index.js';
import { teamtailor } from './teamtailor/index.js';
import { workable } from './workable/index.js';

/** Every connector there is. */
export const CONNECTORS: readonly Connector[] = [
  kombo,
  greenhouse,
  teamtailor,
  lever,
  workable,
  smartrecruiters,
  ashby,
  recruitee,
  partner,
];

const bySlug: ReadonlyMap<string, Connector> = new Map(CONNECTORS.map((connector) => [connector.manifest.slug, connector]));

/** The connector of a slug, undefined where there is none. */
export const connectorBySlug = (slug: string): Connector | undefined => bySlug.get(slug);
