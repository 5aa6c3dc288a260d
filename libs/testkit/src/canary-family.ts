import { base64Cores } from './canary.js';

/** How a marker was written where it was found. */
export type Disguise = 'plain' | 'escaped' | 'utf-16' | 'hex' | 'hex of utf-16' | 'base64' | 'number';

/** Characters as one writer spells them. */
interface Spelling {
  readonly disguise: Disguise;
  /** A pattern for a character; letters in either case. */
  readonly of: (character: string) => string;
  /** Occurs in every text that holds the prefix in this spelling: texts of many megabytes are looked through for this first. */
  readonly hints: (prefix: string) => readonly string[];
}

const hex = (character: string) => character.charCodeAt(0).toString(16);
const bothCases = (character: string) => [...new Set([character.toLowerCase(), character.toUpperCase()])];
const bothHex = (character: string) => `(?:${bothCases(character).map(hex).join('|')})`;
const casesOf = (text: string) => [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
const escapesOf = (code: string) => [`\\u00${code}`, `%${code}`, `&#x${code};`, `&#${Number.parseInt(code, 16)};`];
const inHex = (text: string, encoding: 'latin1' | 'utf16le') => Buffer.from(text, encoding).toString('hex');

const SPELLINGS: readonly Spelling[] = [
  { disguise: 'plain', of: (one) => one, hints: (prefix) => [prefix.toLowerCase()] },
  {
    disguise: 'escaped',
    of: (one) => `(?:${bothCases(one).map(hex).flatMap(escapesOf).join('|').replaceAll('\\', '\\\\')})`,
    hints: (prefix) => bothCases(prefix.charAt(0)).map(hex).flatMap(escapesOf),
  },
  {
    disguise: 'utf-16',
    of: (one) => `${one}\0`,
    hints: (prefix) => [Buffer.from(prefix.toLowerCase(), 'utf16le').toString('latin1')],
  },
  { disguise: 'hex', of: bothHex, hints: (prefix) => casesOf(prefix).map((text) => inHex(text, 'latin1')) },
  {
    disguise: 'hex of utf-16',
    of: (one) => `${bothHex(one)}00`,
    hints: (prefix) => casesOf(prefix).map((text) => inHex(text, 'utf16le')),
  },
];

const DIGITS = [...'0123456789'];

/**
 * Markers `{prefix}{number}x` with at least four digits, and numbers from `firstNumber` on: so many things can be told apart wherever they
 * turn up, and one look finds all of them. The prefix is of ASCII letters and digits, at least six, so that it survives base64 at any alignment.
 */
export class CanaryFamily {
  private readonly patterns: readonly { readonly spelling: Spelling; readonly pattern: RegExp }[];
  private readonly cores: readonly string[];

  constructor(
    readonly prefix: string,
    private readonly firstNumber: number | null = null,
  ) {
    this.patterns = SPELLINGS.map((spelling) => ({ spelling, pattern: patternOf(prefix, spelling) }));
    this.cores = [...new Set(casesOf(prefix).flatMap(base64Cores))];
  }

  marker(number: number): string {
    return `${this.prefix}${String(number).padStart(4, '0')}x`;
  }

  /**
   * The numbers of all markers in a text or in bytes of any kind, and how they were written: plain, in another case, escaped for JSON, URLs or
   * HTML, as UTF-16, hex or base64 (any alignment, both alphabets). 0 stands for a marker whose number cannot be read.
   */
  find(content: string | Buffer): ReadonlyMap<number, Disguise> {
    const text = Buffer.from(content).toString('latin1');
    const folded = text.toLowerCase();
    const found = new Map<number, Disguise>();
    for (const { pattern, spelling } of this.patterns) {
      const { disguise, hints } = spelling;
      if (!hints(this.prefix).some((hint) => folded.includes(hint))) continue;
      for (const [, digits = ''] of folded.matchAll(pattern)) add(found, numberOf(digits, spelling), disguise);
    }
    for (const core of this.cores) for (const at of placesOf(core, text)) add(found, this.numberInBase64(text, at), 'base64');
    this.findNumbers(text, found);
    return found;
  }

  private numberInBase64(text: string, at: number): number {
    const start = Math.max(0, at - 4);
    const [run = ''] = /^[\w+/-]*/.exec(text.slice(start, at + 100)) ?? [];
    const plain = this.patterns.find(({ spelling }) => spelling.disguise === 'plain');
    for (let shift = 0; shift < 4; shift += 1) {
      const decoded = Buffer.from(run.slice(shift), 'base64').toString('latin1').toLowerCase();
      for (const [, digits = ''] of decoded.matchAll(plain?.pattern ?? /(?!)/g)) if (digits !== '') return Number(digits);
    }
    return 0;
  }

  private findNumbers(text: string, found: Map<number, Disguise>): void {
    if (this.firstNumber === null) return;
    const start = String(this.firstNumber).slice(0, -4);
    for (const at of placesOf(start, text)) {
      const number = Number(text.slice(at, at + start.length + 4)) - this.firstNumber;
      if (number >= 0) add(found, number, 'number');
    }
  }
}

function patternOf(prefix: string, { of }: Spelling): RegExp {
  const digit = `(?:${DIGITS.map(of).join('|')})`;
  return new RegExp(`${[...prefix.toLowerCase()].map(of).join('')}(?:((?:${digit}){4,9})${of('x')})?`, 'g');
}

function numberOf(spelt: string, { of }: Spelling): number {
  const tokens = spelt.match(new RegExp(DIGITS.map(of).join('|'), 'g')) ?? [];
  return Number(tokens.map((token) => DIGITS.find((digit) => new RegExp(`^(?:${of(digit)})$`).test(token))).join(''));
}

/** The first way in which a marker was found is told. */
function add(found: Map<number, Disguise>, number: number, disguise: Disguise): void {
  if (!found.has(number)) found.set(number, disguise);
}

function placesOf(needle: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) places.push(at);
  return places;
}
