import { Injectable, ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { GatewayError } from '#libs/model';

/** Names only, never a value: what a caller sent may be personal. */
function namesOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const name = `${path}${printable(property)}`;
    const own = constraints === undefined ? [] : [messageOf(name, Object.keys(constraints))];
    return [...own, ...namesOf(children ?? [], `${name}.`)];
  });
}

/** A key is the caller's own word: bounded and plain before it is shown. */
const printable = (name: string) => name.replace(/[^\w.-]/g, '?').slice(0, 60);

function messageOf(name: string, rules: readonly string[]): string {
  if (rules.includes('whitelistValidation')) return `"${name}" is not known here`;
  if (rules.includes('isDefined')) return `"${name}" is missing`;
  return `"${name}" is not valid (${rules.join(', ')})`;
}

/** class-transformer skips these keys at any depth, so that nobody would be told. */
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** No body of ours is deeper; what is, is refused as if it had such a key. */
const MAX_DEPTH = 16;

/** A key that stands for a prototype, or null. */
function prototypeKeyIn(value: unknown, depth = 0): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) return '…';
  const own = PROTOTYPE_KEYS.find((key) => Object.hasOwn(value, key));
  if (own !== undefined) return own;
  for (const inner of Object.values(value)) {
    const found = prototypeKeyIn(inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Every body and query passes here: unknown keys are refused, and named. */
@Injectable()
export class StrictPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new GatewayError('invalid-request', { detail: namesOf(errors).slice(0, 10).join('; ') }),
    });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const key = metadata.type === 'body' || metadata.type === 'query' ? prototypeKeyIn(value) : null;
    if (key !== null) throw new GatewayError('invalid-request', { detail: `"${key}" is not known here` });
    return super.transform(value, metadata);
  }
}
