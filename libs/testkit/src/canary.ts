/**
 * A person whose every value occurs nowhere else, and values of kinds that must never enter. Put them where a source may
 * put them, then search everything that leaves (tables, logs, traces, queues, answers) with `containsCanary`.
 */
export const CANARY = {
  firstName: 'Quillämaris',
  lastName: "Zyx'wolden",
  email: 'quillamaris.zyxwolden+canary@kanarie.example',
  phone: '+46701740605',
  salary: '917354 kanariekronor',
  note: 'Kanariefågel "sjunger" <i>ensam</i>\nom natten/& dagen',
  address: 'Kanarigränd 17B, 99917 Kanarievik',
  tag: 'kanarie-etikett-7731',
} as const;

/** Every value, also those that may stand in the store but never in a log, a trace, a queue or an error. */
export const CANARY_VALUES: readonly string[] = Object.values(CANARY);

/**
 * The first of `values` that `text` holds, or undefined. Looks past letter case, JSON, HTML and URL escapes, Unicode forms,
 * base64 (any alignment, both alphabets), hex and PostgreSQL's bytea text.
 */
export function containsCanary(text: string, values: readonly string[] = CANARY_VALUES): string | undefined {
  const folded = fold(text);
  return values.find(
    (value) => disguises(value).some((disguise) => folded.includes(disguise)) || base64Cores(value).some((core) => text.includes(core)),
  );
}

/** Case, canonical form and the `\u` escapes' digits differ between writers; base64 is the one where case carries meaning. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function disguises(value: string): string[] {
  const forms = [value, value.normalize('NFC'), value.normalize('NFD')];
  const escaped = forms.flatMap((form) => [
    form,
    jsonEscaped(form),
    asciiJsonEscaped(form),
    jsonEscaped(jsonEscaped(form)),
    jsonEscaped(asciiJsonEscaped(form)),
    htmlEscaped(form),
    form.replaceAll("'", "''"),
    encodeURIComponent(form),
    encodeURI(form),
    // Forms (and query strings made by URLSearchParams) escape more than encodeURIComponent does.
    new URLSearchParams({ '': form }).toString().slice(1),
    Buffer.from(form, 'utf8').toString('hex'),
    Buffer.from(form, 'utf16le').toString('hex'),
  ]);
  return [...new Set(escaped.map(fold))];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiJsonEscaped(text: string): string {
  return jsonEscaped(text).replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function htmlEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** A value inside a longer base64 text starts at one of three alignments; the characters that its neighbours change are cut off. */
export function base64Cores(value: string): string[] {
  const alignments = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value, 'utf8')]);
    const wholeLength = bytes.length - (bytes.length % 3);
    return bytes
      .subarray(0, wholeLength)
      .toString('base64')
      .slice(before === 0 ? 0 : 4);
  });
  return alignments.flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]);
}
