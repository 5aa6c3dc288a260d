import fc from 'fast-check';
import { parseJson } from './body.js';

const parse = (text: string) => parseJson(Buffer.from(text));

describe('the JSON of a body', () => {
  it('is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '{"a":', '<html>', '{"a":1}}', 'undefined'])('is undefined for %j', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('is undefined where the bytes are not UTF-8', () => {
    expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined();
  });

  it('may nest as deep as it has parts', () => {
    expect(parse('['.repeat(500_000) + ']'.repeat(500_000))).toBeDefined();
    expect(parse('['.repeat(2_000_001) + ']'.repeat(2_000_001))).toBeUndefined();
  });

  it('is refused before it is built where it has more than two million parts', () => {
    expect(parse(`[${'[],'.repeat(1_000_001)}[]]`)).toBeUndefined();
  });

  it('may hold any brackets in its texts', () => {
    const text = `\\"${'[,{'.repeat(1_000_000)}\\\\`;
    expect(parse(JSON.stringify([text, { [text]: text }]))).toEqual([text, { [text]: text }]);
  });

  it('does not touch the prototype', () => {
    const value = parse('{"__proto__": {"polluted": true}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.has({}, 'polluted')).toBe(false);
  });
});
