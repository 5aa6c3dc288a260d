import { keysOf } from '../request-parts.js';

/** What is wrong with a value, each thing named by its place (`tests[0].name`); empty where nothing is. */
export type Shape = (value: unknown, at: string) => readonly string[];

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const where = (at: string): string => (at === '' ? 'the body' : at);
const below = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

function is(accepts: (value: unknown) => boolean, wanted: string): Shape {
  return (value, at) => (accepts(value) ? [] : [`${where(at)} must be ${wanted}`]);
}

export const anything: Shape = () => [];

/** Text that is not empty. */
export const text = is((value) => typeof value === 'string' && value !== '', 'text');

export const textLike = (pattern: RegExp, wanted: string): Shape => is((value) => typeof value === 'string' && pattern.test(value), wanted);

export const textUpTo = (most: number): Shape =>
  is((value) => typeof value === 'string' && value.length <= most, `text of ${most} characters at most`);

export const webAddress = is((value) => typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value), 'an http or https address');

export const flag = is((value) => typeof value === 'boolean', 'true or false');

export const number = is((value) => typeof value === 'number' && Number.isFinite(value), 'a number');

export const numberWithin = (least: number, most: number): Shape =>
  is((value) => typeof value === 'number' && value >= least && value <= most, `a number from ${least} to ${most}`);

export const whole = is((value) => Number.isSafeInteger(value), 'a whole number');

export const primitive = is(
  (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  'text, a number or a flag',
);

export const oneOf = (choices: readonly unknown[]): Shape =>
  is((value) => choices.includes(value), `one of ${choices.map(String).join(', ')}`);

export const either = (first: Shape, second: Shape, wanted: string): Shape =>
  is((value) => first(value, '').length === 0 || second(value, '').length === 0, wanted);

/** As vendors take ids of others. */
export const idOfTheirs = either(text, whole, 'text or a whole number');

export const listOf = (shape: Shape): Shape => {
  return (value, at) =>
    Array.isArray(value) ? value.flatMap((item, place) => shape(item, `${at}[${place}]`)) : [`${where(at)} must be a list`];
};

/** An object whose keys are its own, each value of the same shape. */
export const mapOf = (shape: Shape): Shape => {
  return (value, at) =>
    isRecord(value)
      ? Object.entries(keysOf(value)).flatMap(([key, held]) => shape(held, below(at, key)))
      : [`${where(at)} must be an object`];
};

export type Shapes = Readonly<Record<string, Shape>>;

/** An object that has to have some keys, and may have others. Keys that are not named here do not matter. */
export const open = (needed: Shapes, optional: Shapes = {}): Shape => {
  return (value, at) => {
    if (!isRecord(value)) return [`${where(at)} must be an object`];
    const held = keysOf(value);
    const missing = Object.keys(needed).filter((key) => held[key] === undefined);
    const wrong = Object.entries({ ...needed, ...optional }).flatMap(([key, shape]) =>
      held[key] === undefined ? [] : shape(held[key], below(at, key)),
    );
    return [...missing.map((key) => `${below(at, key)} is missing`), ...wrong];
  };
};

/** The same, and nothing else. */
export const closed = (needed: Shapes, optional: Shapes = {}): Shape => {
  const inner = open(needed, optional);
  return (value, at) => {
    const unknown = Object.keys(keysOf(value)).filter((key) => !Object.hasOwn(needed, key) && !Object.hasOwn(optional, key));
    return [...inner(value, at), ...unknown.map((key) => `${below(at, key)} is not known`)];
  };
};
