/** Measures the gateway: `npm run bench -- --help`. A part of it that is a process of its own is named in BENCH_PROCESS. */
import 'reflect-metadata';
import path from 'node:path';
import { registerTypeScript } from './typescript-loader.js';

registerTypeScript();
const program = process.env.BENCH_PROCESS ?? 'bench/bench.ts';
await import(path.resolve(import.meta.dirname, '..', program));
