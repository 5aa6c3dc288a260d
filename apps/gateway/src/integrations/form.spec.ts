import { checkForm } from './form.js';

const FIELDS = [
  { name: 'apiKey', label: 'Key', help: 'from the settings page', required: true, pattern: /[a-z]{3}|[0-9]{3}/ },
  { name: 'region', label: 'Region', help: 'eu or us', required: false, pattern: /EU|US/i },
];

const refusal = (given: Readonly<Record<string, unknown>>): string => {
  try {
    checkForm('credentials', FIELDS, given);
  } catch (error) {
    expect(error).toMatchObject({ kind: 'invalid-request' });
    return String(error);
  }
  return 'not refused';
};

test.each([{ apiKey: 'abc' }, { apiKey: '123', region: 'eu' }])('%j is taken as it is', (given) => {
  expect(checkForm('credentials', FIELDS, given)).toEqual(given);
});

test('the whole value must match, every alternative of the pattern', () => {
  for (const apiKey of ['abcd', 'xabc', '1234', 'abc\n', '', 'ab1'])
    expect(refusal({ apiKey })).toContain('credentials.apiKey is not valid (from the settings page)');
});

test.each([[7], [null], [['abc']], [{ toString: 'abc' }], [true]])('a value that is no text is refused: %j', (apiKey) => {
  expect(refusal({ apiKey })).toContain('apiKey is not valid');
});

test('every fault is named at once, and no value is repeated', () => {
  const told = refusal({ region: 'secret-value', other: 'secret-value', 'od$d name': 1 });
  expect(told).toContain('credentials.other is not known');
  expect(told).toContain('credentials.od?d?name is not known');
  expect(told).toContain('credentials.apiKey is missing');
  expect(told).toContain('credentials.region is not valid (eu or us)');
  expect(told).not.toContain('secret-value');
});

test('a key of every object does not count as filled in', () => {
  const inherited = Object.create({ apiKey: 'abc' });
  expect(refusal(inherited)).toContain('credentials.apiKey is missing');
  expect(refusal(JSON.parse('{"apiKey": "abc", "__proto__": "x"}'))).toContain('__proto__ is not known');
});
