import { ApiProperty, type ApiPropertyOptions, type SchemaObject } from '@nestjs/swagger';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { GatewayError } from '#libs/model';
import type { Schema } from './openapi-schema.js';

type Constraints = readonly unknown[];
type Rule = (constraints: Constraints) => SchemaObject;

const number = (value: unknown): number => Number(value);
const values = ([given]: Constraints): unknown[] => (Array.isArray(given) ? given : []);
const pattern = ([given]: Constraints) => (given instanceof RegExp ? { pattern: given.source } : {});

/** What each rule of class-validator says in JSON Schema. */
const RULES: Readonly<Record<string, Rule>> = {
  isArray: () => ({ type: 'array' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isObject: () => ({ type: 'object', additionalProperties: true }),
  isString: () => ({ type: 'string' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isOnCalendar: () => ({ type: 'string', format: 'date-time' }),
  isIn: (constraints) => ({ type: 'string', enum: values(constraints) }),
  matches: (constraints) => ({ type: 'string', ...pattern(constraints) }),
  isLength: ([min, max]) => ({ minLength: number(min), maxLength: number(max) }),
  maxLength: ([max]) => ({ maxLength: number(max) }),
  min: ([min]) => ({ minimum: number(min) }),
  max: ([max]) => ({ maximum: number(max) }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayMaxSize: ([max]) => ({ maxItems: number(max) }),
  arrayUnique: () => ({ uniqueItems: true }),
  isDefined: () => ({}),
};

type Class = new () => object;

const examples = new Map<string, readonly object[]>();

/** A rule that has no words in the document would be a limit that nobody is told of. */
function ruleOf(name: string | undefined): Rule {
  const rule = name === undefined ? undefined : RULES[name];
  if (rule === undefined) throw new GatewayError('config-invalid', { detail: `openapi-input.ts does not know the rule ${name}` });
  return rule;
}

/** The properties of a class by its validation rules: what the service checks is what the document says. */
export function propertiesOf(type: Class): ReadonlyMap<string, { readonly schema: SchemaObject; readonly required: boolean }> {
  const properties = new Map<string, { schema: SchemaObject; required: boolean }>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', true, false)) {
    const property = properties.get(rule.propertyName) ?? { schema: {}, required: true };
    properties.set(rule.propertyName, property);
    if (rule.type === ValidationTypes.CONDITIONAL_VALIDATION) property.required = false;
    if (rule.type !== ValidationTypes.CUSTOM_VALIDATION) continue;
    const said = ruleOf(rule.name)(rule.constraints);
    Object.assign(property.schema, rule.each ? { items: { ...itemsOf(property.schema), ...said } } : said);
  }
  return properties;
}

const itemsOf = ({ items }: SchemaObject): Schema => items ?? {};

/** A class that callers send, as a body or as a query: documented by its own rules, with examples that the service takes. */
export function FromCaller(...sent: readonly object[]): ClassDecorator {
  return (type) => {
    const prototype: unknown = type.prototype;
    if (!isClass(type) || typeof prototype !== 'object' || prototype === null) return;
    examples.set(type.name, sent);
    for (const [name, { schema, required }] of propertiesOf(type)) {
      const described: unknown = Reflect.getMetadata('swagger/apiModelProperties', prototype, name);
      const options: ApiPropertyOptions = { required };
      ApiProperty(Object.assign(options, schema, described))(prototype, name);
    }
  };
}

const isClass = (type: unknown): type is Class => typeof type === 'function';

/** The examples of a class that callers send, by its name. */
export const examplesOf = (name: string): readonly object[] => examples.get(name) ?? [];
