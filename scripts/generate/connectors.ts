import { CONNECTORS, type Connector, type SettingField } from '#libs/connectors';
import { fieldNamesOf, RESOURCES, type Resource } from '#libs/model';
import { code, codes, table } from './markdown.js';

/** What can be connected, from the manifests and ports alone. */
export function connectorsMarkdown(): string {
  const overview = table(
    ['connector', 'kind', 'settings', 'credentials', 'page', 'documentation'],
    CONNECTORS.map(({ manifest }) => [
      `${manifest.name} (${code(manifest.slug)})`,
      manifest.kind,
      namesOf(manifest.settings),
      namesOf(manifest.credentials),
      String(manifest.pageSize),
      manifest.docsUrl,
    ]),
  );
  return `# Connectors\n\nGenerated from the connectors' manifests and ports by \`npm run generate\`.\n\n${overview}\n\n${CONNECTORS.map(chapter).join('\n')}`;
}

const namesOf = (fields: readonly SettingField[]) =>
  fields.length === 0 ? 'none' : fields.map(({ name, required }) => `${code(name)}${required ? '' : ' (optional)'}`).join(', ');

function chapter({ manifest, ports }: Connector): string {
  const read = table(
    ['resource', 'fields', 'allowlisted, not offered', 'changes', 'deletions', 'by job'],
    RESOURCES.map((resource) => {
      const { fills, delta, deletions, byJob } = ports.read[resource];
      return [resource, codes(fills), codes(missingFrom(resource, fills)), delta, deletions, byJob ? 'yes' : 'no'];
    }),
  );
  const form = table(
    ['field', 'what', 'required', 'form', 'help'],
    [
      ...manifest.settings.map((field) => ['setting', field] as const),
      ...manifest.credentials.map((field) => ['credential', field] as const),
    ].map(([what, { name, required, pattern, help }]) => [code(name), what, required ? 'yes' : 'no', code(pattern.source), help]),
  );
  return `## ${manifest.name}\n\n${form}\n\n${read}\n`;
}

function missingFrom(resource: Resource, fills: readonly string[]): string[] {
  return fieldNamesOf(resource).filter((name) => !fills.includes(name));
}
