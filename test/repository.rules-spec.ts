import { repositoryFiles, textOf } from './source-tree.js';
import { castsToProofTypes, clockReadings, environmentReadings } from './syntax.js';

const files = repositoryFiles();
const code = files.filter((file) => /\.(ts|js|cjs|mjs)$/.test(file));
const isSpec = (file: string) => /[.-]spec\.ts$/.test(file);
const production = code.filter((file) => /^(apps|libs)\/.*\.ts$/.test(file) && !isSpec(file));
/** Its own examples of what is forbidden. */
const self = /^test\/(repository\.rules-spec|syntax)\.ts$/;

/** `file: what was found`, so that a failure names the place. */
function findings(searched: readonly string[], search: (text: string) => readonly string[]): string[] {
  return searched.flatMap((file) => search(textOf(file)).map((found) => `${file}: ${found}`));
}

describe('proof types', () => {
  it('are never cast to, outside the two libraries that make them', () => {
    const elsewhere = code.filter((file) => !/^libs\/(consent|allowlist)\/src\/[^/]+(?<!spec)\.ts$/.test(file) && !self.test(file));

    expect(findings(elsewhere, castsToProofTypes)).toEqual([]);
  });

  it.each(['x as Grant', 'x as unknown as Allowed<"job">', 'x as readonly Allowed[]', '<Grant>x', 'x as Map<string, Grant>'])(
    'count as cast in %s',
    (source) => expect(castsToProofTypes(source)).not.toEqual([]),
  );
});

describe('the clock', () => {
  it('is read in one place, so that every test can set the time', () => {
    expect(findings(production, clockReadings)).toEqual(['libs/model/src/clock.ts: new Date()']);
  });

  it.each(['new Date()', 'new Date', 'Date.now()', 'Date()', 'f(() => new Date())'])('counts as read by %s', (source) =>
    expect(clockReadings(source)).not.toEqual([]),
  );

  it('is not read by a date made from a value', () => expect(clockReadings('new Date(value); new Date(0); Date.parse(text)')).toEqual([]));
});

describe('the environment', () => {
  it('is read in the configuration alone', () => {
    const elsewhere = production.filter((file) => !/^apps\/[^/]+\/src\/config\//.test(file) && file !== 'libs/testkit/src/connection.ts');

    expect(findings(elsewhere, environmentReadings)).toEqual([]);
  });

  it.each(['process.env.PORT', 'const { env } = process', 'const { env: e } = process', "import { env } from 'node:process'"])(
    'counts as read by %s',
    (source) => expect(environmentReadings(source)).not.toEqual([]),
  );
});

describe('the texts', () => {
  const FORBIDDEN = [
    /\/(?:work|root|home|Users)\/[\w.-]+/,
    /registry\.(?:npmjs|yarnpkg)\.\w+|npm\.pkg\.github\.com|verdaccio|artifactory/i,
  ];

  it("name no machine's paths and no package registry", () => {
    const texts = files.filter((file) => file !== 'package-lock.json' && !self.test(file));

    expect(findings(texts, (text) => FORBIDDEN.flatMap((pattern) => pattern.exec(text)?.[0] ?? []))).toEqual([]);
  });

  it('leave it to npm from where a package comes', () => {
    expect(textOf('package-lock.json')).not.toContain('"resolved"');
  });

  it('say why where a lint rule is switched off', () => {
    const withoutReason = /(?:oxlint|eslint)-disable(?!.* -- \S).*|@ts-(?:ignore|nocheck)|@ts-expect-error\s*$/gm;

    expect(
      findings(
        code.filter((file) => !self.test(file)),
        (text) => text.match(withoutReason) ?? [],
      ),
    ).toEqual([]);
  });
});

describe('the files', () => {
  /** Longer than 250 lines, each with its reason. */
  const LONG = new Map([
    ['libs/store/src/migrations/', 'a schema is read in one piece'],
    ['libs/client/src/generated/', 'it is generated, and nobody reads it'],
  ]);
  const lines = (file: string) => textOf(file).split('\n').length - 1;

  it('are short: none over 250 lines, half of them under 80', () => {
    const excused = (file: string) => [...LONG.keys()].some((start) => file.startsWith(start));
    const tooLong = code.filter((file) => lines(file) > 250 && !excused(file));
    const sizes = code.map(lines).sort((a, b) => a - b);

    expect(tooLong).toEqual([]);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80);
  });

  it('carry names that say what is in them', () => {
    const nameless = /(?:^|\/)(?:common|shared|utils?|helpers?|core|managers?|misc)(?:[./]|$)|-(?:utils?|helpers?|manager)\./;

    expect(code.filter((file) => nameless.test(file))).toEqual([]);
  });
});
