import { refuseDumps } from './no-dumps.js';

test.each([
  '--heapsnapshot-signal=SIGUSR2',
  '--max-old-space-size=512 --report-on-fatalerror',
  '--heapsnapshot-near-heap-limit=2',
  '--inspect=0.0.0.0:9229',
  '--abort-on-uncaught-exception',
])('%s is refused, by its name', (nodeOptions) => {
  expect(() => refuseDumps({ nodeOptions, execArgv: [] })).toThrow(/config-invalid: --[a-z-]+… is set/);
  expect(() => refuseDumps({ nodeOptions: '', execArgv: nodeOptions.split(' ') })).toThrow('config-invalid');
});

test.each(['', '--max-old-space-size=512 --enable-source-maps', '--disable-sigusr1'])('%j is let be', (nodeOptions) => {
  expect(() => refuseDumps({ nodeOptions, execArgv: ['--enable-source-maps'] })).not.toThrow();
});
