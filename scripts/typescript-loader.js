import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

/** As in jest.config.js: decorators with metadata, so that Nest and MikroORM find their types. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2024',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

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
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
