import { CONNECTORS, type Connector, type RateLimit, type SettingField } from '#libs/connectors';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { code, codes, table } from './markdown.js';

/** What can be connected, from the manifests and ports alone. */
export function connectorsMarkdown(): string {
  const overview = table(
    ['connector', 'kind', 'settings', 'credentials', 'documentation'],
    CONNECTORS.map(({ manifest }) => [
      `${manifest.name} (${code(manifest.slug)})`,
      manifest.kind,
      namesOf(manifest.settings),
      namesOf(manifest.credentials),
      manifest.docsUrl,
    ]),
  );
  const capabilities = table(
    [
      'connector',
      ...RESOURCES.map((resource) => `${resource}s`),
      'results',
      'webhooks',
      'let in by browser',
      'connect link',
      'page',
      'limits',
    ],
    CONNECTORS.map(capabilitiesOf),
  );
  return [
    "# Connectors\n\nGenerated from the connectors' manifests and ports by `npm run generate`.",
    overview,
    'How changes are read (`updated-after`: since a time; `sync-token`: since the last read, which the source keeps; `none`: everything each time), and how a deletion shows (reported, or by absence from a full read). Results: the channels, the default first, and what is done after an attempt whose end is unknown (`repeat`: the same again changes nothing; `ask`: it is looked up; `park`: a person looks); a revised result takes the place of the former one, or stands `beside` it:',
    capabilities,
    CONNECTORS.map(chapter).join('\n'),
  ].join('\n\n');
}

function capabilitiesOf({ manifest, ports }: Connector): string[] {
  return [
    manifest.name,
    ...RESOURCES.map((resource) => {
      const reader = ports.read?.[resource];
      return reader === undefined ? 'sent by the ATS' : `${reader.delta}, ${reader.deletions}`;
    }),
    ports.results?.channels.map(({ name, inDoubt, replaces }) => `${name} (${inDoubt}${replaces ? '' : ', beside'})`).join(', ') ?? 'none',
    yesOrNo(ports.webhooks !== undefined),
    yesOrNo(typeof manifest.oauth?.authorizeUrl === 'function'),
    yesOrNo(ports.links !== undefined),
    String(manifest.pageSize),
    manifest.rates.map(limitText).join('; '),
  ];
}

function limitText(limit: RateLimit): string {
  const what = limit.counts === 'writes' ? ' writes' : '';
  if (limit.kind === 'fixed-window') return `${limit.most}${what} in ${limit.windowMs / 1000} s`;
  return limit.kind === 'token-bucket' ? `${limit.perSecond}${what} a second, ${limit.most} at once` : `${limit.most}${what} at a time`;
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

const namesOf = (fields: readonly SettingField[]) =>
  fields.length === 0 ? 'none' : fields.map(({ name, required }) => `${code(name)}${required ? '' : ' (optional)'}`).join(', ');

function chapter({ manifest, ports }: Connector): string {
  const readers = ports.read;
  const read = table(
    ['resource', 'fields', 'allowlisted, not offered', 'by job'],
    (readers === undefined ? [] : RESOURCES).map((resource) => {
      const { fills = [], byJob = false } = readers?.[resource] ?? {};
      return [resource, codes(fills), codes(missingFrom(resource, fills)), yesOrNo(byJob)];
    }),
  );
  const form = table(
    ['field', 'what', 'required', 'form', 'help'],
    [
      ...manifest.settings.map((field) => ['setting', field] as const),
      ...manifest.credentials.map((field) => ['credential', field] as const),
    ].map(([what, { name, required, pattern, help }]) => [code(name), what, yesOrNo(required), code(pattern.source), help]),
  );
  const assumed = manifest.assumed.map((one) => `- ${one}`).join('\n');
  const doubts = assumed === '' ? '' : `\nAssumed, as no document at hand says it:\n\n${assumed}\n`;
  return `## ${manifest.name}\n\n${form}\n\n${read}\n${doubts}`;
}

function missingFrom(resource: Resource, fills: readonly string[]): string[] {
  return fieldNamesOf(resource).filter((name) => !fills.includes(name));
}
