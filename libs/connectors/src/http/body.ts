/** Brackets and commas. A page of 250 records has some ten thousand; each value of JSON costs up to 50 bytes of memory. */
const MOST_PARTS = 2_000_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON of a body, undefined where it is none: empty, cut, not UTF-8, or of more than two million parts. Depth needs no bound of its own:
 * V8 parses without recursion, and one record that nests deep in a field that we drop must not stop the page.
 * JSON.parse makes `__proto__` a plain own key and lets the last of equal keys win: harmless to code that reads keys by name with
 * `Object.hasOwn`. Its strings are copies, so that nothing keeps the body in memory.
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isBounded(bytes)) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, OPEN_OBJECT] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

function isBounded(bytes: Buffer): boolean {
  let parts = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA || byte === OPEN_LIST || byte === OPEN_OBJECT) parts++;
  }
  return parts <= MOST_PARTS;
}

function endOfString(bytes: Buffer, start: number): number {
  let end = bytes.indexOf(QUOTE, start + 1);
  while (end !== -1 && isEscaped(bytes, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end === -1 ? bytes.length : end;
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let before = at;
  while (bytes[before - 1] === BACKSLASH) before--;
  return (at - before) % 2 === 1;
}
