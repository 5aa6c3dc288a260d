import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from './api.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a JSON document, walked by path
type Json = any;

/** Documented, and yet not on every answer. */
const SOMETIMES = new Set(['Retry-After']);

/** An OpenAPI document that answers are held against. */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });

  constructor(readonly document: Json) {
    formats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi');
  }

  /** Every operation, with its path template. */
  operations(): { method: string; template: string; operation: Json }[] {
    return Object.entries<Json>(this.document.paths).flatMap(([template, path]) =>
      Object.entries<Json>(path).map(([method, operation]) => ({ method, template, operation })),
    );
  }

  /** What in an answer is not as the document says; empty where all is. */
  faults(method: string, path: string, answer: Answer<unknown>): string[] {
    const found = this.operations().find((one) => one.method === method && matches(one.template, path));
    if (found === undefined) return [`${method} ${path} is not documented`];
    const response = this.resolve(found.operation.responses[answer.status]);
    if (response === undefined) return [`${method} ${path}: ${answer.status} is not documented (${JSON.stringify(answer.body)})`];
    return [...this.bodyFaults(response, answer), ...headerFaults(response, answer)].map((fault) => `${method} ${path}: ${fault}`);
  }

  /** Whether a body is as the operation's schema says. */
  takes(method: string, template: string, body: unknown): boolean {
    const { schema } = this.document.paths[template][method].requestBody.content['application/json'];
    return this.faultsOf(schema, body).length === 0;
  }

  private bodyFaults({ content }: Json, { headers, body }: Answer<unknown>): string[] {
    const type = headers.get('content-type')?.split(';')[0] ?? null;
    if (content === undefined) return body === null ? [] : ['there is a body'];
    if (type === null || content[type] === undefined) return [`the content type ${type} is not documented`];
    return this.faultsOf(content[type].schema, body);
  }

  private faultsOf(schema: Json, value: unknown): string[] {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'));
    const validate = this.ajv.compile(absolute);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }

  private resolve(value: Json): Json {
    if (value?.$ref === undefined) return value;
    return value.$ref
      .slice(2)
      .split('/')
      .reduce((at: Json, key: string) => at[key], this.document);
  }
}

function matches(template: string, path: string): boolean {
  const [plain = ''] = path.split('?');
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain);
}

function headerFaults({ headers: documented = {} }: Json, { headers }: Answer<unknown>): string[] {
  const missing = Object.keys(documented).filter((name) => !SOMETIMES.has(name) && !headers.has(name));
  const untold = headers.has('retry-after') && documented['Retry-After'] === undefined ? ['Retry-After is not documented'] : [];
  return [...missing.map((name) => `${name} is missing`), ...untold];
}
