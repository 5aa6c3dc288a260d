import { Writable } from 'node:stream';
import { PinoLogger } from 'nestjs-pino';
import { FrameworkLog } from './framework-log.js';
import { Log, whereOf } from './log.js';

let printed = '';
const stream = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    printed += chunk.toString();
    done();
  },
});
const framework = new FrameworkLog(new Log(new PinoLogger({ pinoHttp: [{ level: 'debug' }, stream] })));
beforeEach(() => (printed = ''));

test.each(['error', 'warn', 'fatal'] as const)(
  'a complaint (%s) of the framework names the class and the place, not the words',
  (level) => {
    const thrown = Object.assign(new TypeError('SECRET words'), { record: 'SECRET value', cause: new Error('SECRET cause') });
    framework[level](thrown, 'ExceptionsHandler');
    framework[level]('SECRET words', thrown.stack, 'Scheduler');
    framework[level]('SECRET words', thrown.stack);
    expect(printed).not.toContain('SECRET');
    expect(printed).toContain('"context":"ExceptionsHandler","errorClass":"TypeError","frames":["at ');
    expect(printed).toContain('"context":"Scheduler"');
  },
);

test('its progress is kept for whoever debugs', () => {
  framework.log('Mapped {/health/live, GET} route', 'RouterExplorer');
  expect(JSON.parse(printed)).toMatchObject({
    level: 20,
    event: 'framework',
    context: 'RouterExplorer',
    words: 'Mapped {/health/live, GET} route',
  });
});

test('words that look like a frame are none', () => {
  const thrown = new Error('refused\n    at SECRET lane 5\n    at secret@example.org:');
  expect(JSON.stringify(whereOf(thrown))).not.toMatch(/SECRET/i);
});
