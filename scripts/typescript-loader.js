import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { swcOptions } from './swc-options.js';

/** Lets this process import the repository's TypeScript sources without a build. */
export function registerTypeScript() {
  registerHooks({ resolve, load });
}

function resolve(specifier, context, next) {
  const withSources = { ...context, conditions: ['source', ...context.conditions] };
  const isOwnRelative = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
  return next(isOwnRelative ? specifier.replace(/\.js$/, '.ts') : specifier, withSources);
}

function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcOptions, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
