import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';

export type Schema = SchemaObject | ReferenceObject;

const components = new Map<string, Schema>();

/** Names a schema in the document's components, and refers to it. */
export function component(name: string, schema: Schema): ReferenceObject {
  components.set(name, schema);
  return ref(name);
}

/** The schemas named so far; those of a class that callers send are Nest's own. */
export const namedComponents = (): Readonly<Record<string, Schema>> => Object.fromEntries(components);

/** A header described once for all answers. */
export const headerRef = (name: string): ReferenceObject => ({ $ref: `#/components/headers/${name}` });

export const ref = (name: string): ReferenceObject => ({ $ref: `#/components/schemas/${name}` });

/** Every key is always there, and no other one ever is. */
export const object = (properties: Readonly<Record<string, Schema>>, description?: string): SchemaObject => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** An object whose keys are not known beforehand. */
export const mapOf = (values: Schema): SchemaObject => ({ type: 'object', additionalProperties: values });

export const list = (items: Schema): SchemaObject => ({ type: 'array', items });

export const orNull = (schema: Schema): SchemaObject => ({ anyOf: [schema, { type: 'null' }] });

export const oneOf = (values: readonly string[]): SchemaObject => ({ type: 'string', enum: [...values] });

export const text: SchemaObject = { type: 'string' };
export const textOrNull: SchemaObject = { type: ['string', 'null'] };
export const truth: SchemaObject = { type: 'boolean' };
export const count: SchemaObject = { type: 'integer', minimum: 0 };
export const uuid: SchemaObject = { type: 'string', format: 'uuid' };
export const uuidOrNull: SchemaObject = { type: ['string', 'null'], format: 'uuid' };
export const time: SchemaObject = { type: 'string', format: 'date-time', pattern: 'Z$' };
export const timeOrNull: SchemaObject = { type: ['string', 'null'], format: 'date-time', pattern: 'Z$' };
