import { readConfig } from './config/sandbox-config.js';
import { startSandbox } from './sandbox.js';

const sandbox = await startSandbox(readConfig());
process.stdout.write(`The sandbox listens at ${sandbox.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
