import { CANARY, CANARY_VALUES, containsCanary } from './canary.js';

const DISGUISES: Record<string, (value: string) => string> = {
  plain: (value) => value,
  'upper case': (value) => value.toUpperCase(),
  'lower case': (value) => value.toLowerCase(),
  'JSON in JSON': (value) => JSON.stringify({ message: JSON.stringify({ value }) }),
  'ASCII JSON': (value) =>
    JSON.stringify(value).replace(
      /[^\x20-\x7e]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    ),
  'decomposed Unicode': (value) => value.normalize('NFD'),
  'a query string': (value) => new URLSearchParams({ q: value }).toString(),
  'a path': (value) => `https://host.example/${encodeURIComponent(value)}`,
  'base64, first': (value) => Buffer.from(`${value} and more`).toString('base64'),
  'base64, second': (value) => Buffer.from(`x${value} and more`).toString('base64'),
  'base64, third': (value) => Buffer.from(`xy${value}`).toString('base64url'),
  hex: (value) => `\\x${Buffer.from(`x${value}`).toString('hex')}`,
  SQL: (value) => `INSERT INTO t VALUES ('${value.replaceAll("'", "''")}')`,
};

describe('containsCanary', () => {
  it.each(Object.entries(DISGUISES))('finds every value as %s', (_name, disguise) => {
    for (const value of CANARY_VALUES) expect(containsCanary(`before ${disguise(value)} after`)).toBeDefined();
  });

  it('finds none where there is none', () => {
    expect(containsCanary('Ada Lovelace <ada@lovelace.example> +46701740606 kanarie')).toBeUndefined();
  });

  it('names the value that it found', () => {
    expect(containsCanary(JSON.stringify({ email: CANARY.email }))).toBe(CANARY.email);
  });
});
