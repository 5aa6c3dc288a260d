import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type PathItemObject, type ResponseObject } from '@nestjs/swagger';
import { examplesOf } from './openapi-input.js';
import { completeOperation, HEADERS } from './openapi-operation.js';
import { problemsAsMarkdown } from './openapi-problems.js';
import { namedComponents, type Schema } from './openapi-schema.js';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

const DESCRIPTION = `One normalized API to the applicant tracking systems of Alva's customers. It holds allowlisted fields only, and answers nothing without the customer's consent.

JSON in camelCase; times are RFC 3339 in UTC; ids are UUIDs, and stay when a tenant's integration is switched. Every key of a record is always there, null where
the value is unknown. A list is read with \`limit\` and \`cursor\`: take \`nextCursor\` until it is null, with the same filters.

Callers send a bearer token (JWT). Its claim \`scope\` says what it may do, its claim \`tenants\`, where there is one, for whom; a tenant that it is not for is \`not-found\`.

## Errors

Every error is a problem (RFC 9457). Decide by its \`code\`:

${problemsAsMarkdown()}
`;

const TAGS = {
  records: 'What internal services read.',
  platform: 'Tenants, their integrations and sync runs: for the platform team.',
  consent: 'The agreement and its revocation: what may flow at all.',
  results: 'Summaries of assessments, on their way to the ATS.',
  orders: 'Assessments that recruiters ordered in their ATS.',
  partner: 'For ATSs that have built the integration themselves: with a partner key.',
  operations: 'Whether the service lives.',
};

/** The OpenAPI document: routes and bodies from the controllers, the rest from what every route has in common. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('ATS gateway')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the identity provider (OIDC).' })
    .addSecurity('partnerKey', { type: 'http', scheme: 'bearer', description: 'A key of the partner API, `apk_…`.' });
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory });
  const { schemas = {}, ...components } = document.components ?? {};
  const problems: Record<string, ResponseObject> = {};
  const paths = sorted(document.paths, (path) => completePath(path, problems));
  return {
    ...document,
    paths,
    components: {
      ...components,
      headers: HEADERS,
      responses: sorted(problems, (response) => response),
      schemas: sorted({ ...sorted(schemas, withoutMore), ...namedComponents() }, withExamples),
    },
  };
}

/** Serves it at `/openapi.json`, with a page at `/docs` whose files come from here too. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiOf(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'ATS gateway',
    customJsStr: GO_TO_ANCHOR,
  });
}

const FOR_PARTNERS = `For makers of an applicant tracking system who connect it to Alva themselves: it sends jobs, users, candidates and applications, orders assessments,
and reads their results. Send \`Authorization: Bearer apk_…\` with the key of your customer. Any field that is not listed is refused by its name.

Every error is a problem (RFC 9457). Decide by its \`code\`.
`;

/** What ATSs that build an integration need to know, and nothing of the internal API. */
export function partnerOpenApiOf(app: INestApplication): OpenAPIObject {
  const { paths, tags = [], info, ...document } = openApiOf(app);
  const own = Object.fromEntries(Object.entries(paths).filter(([path]) => path.startsWith('/partner/')));
  const title = 'Alva partner API';
  return {
    ...document,
    info: { ...info, title, description: FOR_PARTNERS },
    tags: tags.filter(({ name }) => name === 'partner'),
    paths: own,
  };
}

/** The same for the partner API, at `/partner/openapi.json` and `/partner/docs`. */
export function servePartnerOpenApi(app: INestApplication): void {
  SwaggerModule.setup('partner/docs', app, () => partnerOpenApiOf(app), {
    jsonDocumentUrl: 'partner/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Alva partner API',
  });
}

/** A problem's `type` is `/docs#<code>`, and the page is drawn after it has loaded. */
const GO_TO_ANCHOR = `
const drawn = new MutationObserver(() => {
  const target = document.getElementById(location.hash.slice(1));
  if (target === null) return;
  drawn.disconnect();
  target.scrollIntoView();
});
if (/^#[a-z-]+$/.test(location.hash)) drawn.observe(document, { childList: true, subtree: true });
`;

const operationIdFactory = (controller: string, method: string) => `${controller.replace(/Controller$/, '')}.${method}`;

function sorted<Value, Result>(
  given: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Result,
): Record<string, Result> {
  const entries = Object.entries(given).map(([key, value]): [string, Result] => [key, change(value, key)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function completePath(path: PathItemObject, problems: Record<string, ResponseObject>): PathItemObject {
  const completed: PathItemObject = {};
  for (const method of METHODS) {
    const operation = path[method];
    if (operation !== undefined) completed[method] = completeOperation(method, operation, problems);
  }
  return completed;
}

/** Unknown keys are refused everywhere. */
const withoutMore = (schema: Schema): Schema => ({ ...schema, additionalProperties: false });

function withExamples(schema: Schema, name: string): Schema {
  const examples = examplesOf(name);
  return examples.length === 0 ? schema : { ...schema, examples: [...examples] };
}
