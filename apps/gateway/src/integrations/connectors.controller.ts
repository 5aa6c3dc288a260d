import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONNECTORS, type Connector, type Readers, type SettingField } from '#libs/connectors';
import { RESOURCES, type IntegrationType } from '#libs/model';
import { Answers } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { CONNECTORS_ANSWER } from './integration.schema.js';

const fieldView = ({ name, label, help, required, pattern }: SettingField) => ({ name, label, help, required, pattern: pattern.source });

const TYPES: Readonly<Record<Connector['manifest']['kind'], IntegrationType>> = { unified: 'kombo', native: 'native', partner: 'partner' };

const readView = (read: Readers): object =>
  Object.fromEntries(
    RESOURCES.map((resource) => {
      const { fills, delta, deletions } = read[resource];
      return [resource, { fields: fills, delta, deletions }];
    }),
  );

/** Drawn from the manifest and the ports alone: what is declared is what there is. */
function viewOf({ manifest, ports }: Connector) {
  return {
    connector: manifest.slug,
    name: manifest.name,
    type: TYPES[manifest.kind],
    ats: manifest.kind === 'native' ? manifest.slug : '*',
    docsUrl: manifest.docsUrl,
    settings: manifest.settings.map(fieldView),
    credentials: manifest.credentials.map(fieldView),
    capabilities: {
      check: true,
      webhooks: ports.webhooks !== undefined,
      connectLink: ports.links !== undefined,
      authorize: typeof manifest.oauth?.authorizeUrl === 'function',
      results: ports.results?.channels.map(({ name }) => name) ?? [],
      read: ports.read === undefined ? null : readView(ports.read),
    },
  };
}

/** What can be connected. */
@ApiTags('platform')
@Controller('platform/v1/connectors')
export class ConnectorsController {
  @Get()
  @Scopes('platform:admin')
  @Does(
    'What can be connected: types, settings and credential fields, capabilities',
    '`ats: "*"`: the connector serves any ATS; name the tenant’s.',
  )
  @Answers(CONNECTORS_ANSWER)
  list(): { data: object[] } {
    return { data: CONNECTORS.map(viewOf) };
  }
}
