/** A person's name as we hold it. */
export interface PersonName {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** Words that belong to the last name that follows them, in small letters. */
const PARTICLES = new Set([
  ...['af', 'al', 'av', 'bin', 'bint', 'da', 'dal', 'das', 'de', 'dei', 'del', 'della', 'den', 'der', 'di', 'dos', 'du', 'el', 'ibn'],
  ...[
    'la',
    'las',
    'le',
    'los',
    'mac',
    'mc',
    'san',
    'st.',
    'ten',
    'ter',
    'van',
    'vande',
    'vanden',
    'vander',
    'von',
    'vom',
    'zu',
    'zum',
    'zur',
    'y',
  ],
]);

/** Scripts that write the family name first and without a space; a single word of theirs is not taken apart. */
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\s·]+$/u;

/**
 * Takes a name apart where an ATS holds it as one text. The rule: the last word is the last name, together with the particles right before it;
 * everything before is the first name. "Last, First" is turned round. Where Han, Hangul or kana stand with a space, the first word is the last
 * name. A single word is a first name. Whatever is wrong with it, no letter is lost: both parts together are the whole name.
 */
export function splitName(name: string | null): PersonName {
  const text = (name ?? '').trim().replace(/\s+/gu, ' ');
  if (text === '') return { firstName: null, lastName: null };
  const [before = '', after = '', ...more] = text.split(',').map((part) => part.trim());
  if (before !== '' && after !== '' && more.length === 0) return { firstName: after, lastName: before };
  const words = text.split(' ');
  if (words.length === 1) return { firstName: text, lastName: null };
  if (FAMILY_FIRST.test(text)) return { firstName: words.slice(1).join(' '), lastName: words[0] ?? null };
  const start = startOfLastName(words);
  return { firstName: words.slice(0, start).join(' '), lastName: words.slice(start).join(' ') };
}

/** At least the first word is the first name's. */
function startOfLastName(words: readonly string[]): number {
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  return start;
}
