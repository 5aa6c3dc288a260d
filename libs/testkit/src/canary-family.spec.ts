import { CanaryFamily, type Disguise } from './canary-family.js';

const family = new CanaryFamily('Zq7canary', 730_473_040_000_000);
const coded = (write: (code: string) => string) => (text: string) =>
  [...text].map((character) => write(character.charCodeAt(0).toString(16))).join('');

const WRITERS: Record<string, [disguise: Disguise, write: (text: string) => string | Buffer]> = {
  plain: ['plain', (text) => `a ${text} b`],
  'upper case': ['plain', (text) => text.toUpperCase()],
  'lower case': ['plain', (text) => text.toLowerCase()],
  'JSON in JSON': ['plain', (text) => JSON.stringify({ message: JSON.stringify({ text }) })],
  'bytes that are no text': ['plain', (text) => Buffer.concat([Buffer.from([0xff, 0x00, 0xc3]), Buffer.from(text), Buffer.from([0xfe])])],
  'JSON escapes': ['escaped', coded((code) => `\\u00${code.toUpperCase()}`)],
  'URL escapes': ['escaped', coded((code) => `%${code}`)],
  'HTML escapes': ['escaped', coded((code) => `&#${Number.parseInt(code, 16)};`)],
  'UTF-16': ['utf-16', (text) => Buffer.from(text, 'utf16le')],
  hex: ['hex', (text) => `\\x${Buffer.from(`o${text}`).toString('hex')}`],
  'upper-case hex': ['hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  'hex of UTF-16': ['hex of utf-16', (text) => Buffer.from(text, 'utf16le').toString('hex')],
  'base64, first': ['base64', (text) => Buffer.from(`${text} and more`).toString('base64')],
  'base64, second': ['base64', (text) => Buffer.from(`o${text} and more`).toString('base64')],
  'base64, third': ['base64', (text) => Buffer.from(`oo${text}`).toString('base64')],
  'base64 in a longer text': [
    'base64',
    (text) => JSON.stringify({ id: 7, data: Buffer.from(`${'long '.repeat(99)}${text}`).toString('base64') }),
  ],
  base64url: ['base64', (text) => Buffer.from(`\u{3ffff}${text}\u{3ffff}`).toString('base64url')],
  'base64 in lower case': ['base64', (text) => Buffer.from(text.toLowerCase()).toString('base64')],
};

describe('a family of canaries', () => {
  it.each(Object.entries(WRITERS))('is found as %s, and its number is read', (_name, [disguise, write]) => {
    expect([...family.find(write(family.marker(42)))]).toEqual([[42, disguise]]);
    expect([...family.find(write(family.marker(12_345)))]).toEqual([[12_345, disguise]]);
  });

  it('is found as numbers, in text', () => {
    expect([...family.find('{"salary":730473040000042}')]).toEqual([[42, 'number']]);
  });

  it('tells every member once', () => {
    const text = [1, 2, 1].map((number) => family.marker(number)).join();
    expect([...family.find(text).keys()]).toEqual([1, 2]);
  });

  it('is found where its number was cut off', () => {
    expect([...family.find('Zq7canary00').keys()]).toEqual([0]);
    expect([...family.find('Zq7canary0042').keys()]).toEqual([0]);
  });

  it('is not found where it is not', () => {
    const other = new CanaryFamily('Yk3admitted');
    const text = Object.values(WRITERS).map(([, write]) => Buffer.from(write(family.marker(42))).toString('latin1'));
    expect(other.find(text.join(' ')).size).toBe(0);
    expect(family.find('the quick brown fox, 730473 and 5a71, WnE3Y2Fu').size).toBe(0);
  });
});
