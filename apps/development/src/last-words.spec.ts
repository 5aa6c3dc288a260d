import { lastWords } from './last-words.js';

test('the last line to a person is found between JSON lines, without our names for kinds', () => {
  const log = '{"level":30,"event":"started"}\nats-gateway: config-invalid: the key is not valid\n{"level":30,"event":"stopped"}\n';
  expect(lastWords(log)).toBe('the key is not valid');
});

test('an error that nobody caught is named without its stack', () => {
  const log =
    'file:///main.js:3\nthrow x;\n^\n\nError: listen EADDRINUSE {\n    at Server.listen (node:net:1)\n  code: 1\n}\n\nNode.js v24.21.0\n';
  expect(lastWords(log)).toBe('Error: listen EADDRINUSE {');
});

test('who said nothing has no last words', () => {
  expect(lastWords('{"event":"started"}\n')).toBeNull();
  expect(lastWords('')).toBeNull();
});
