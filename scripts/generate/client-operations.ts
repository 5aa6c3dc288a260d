interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

/** Each operation by its method and path, with the types that the generator has made for what it takes and what it answers. */
export function operationsOf({ paths }: Document, isIncluded: (path: string) => boolean): string {
  const operations = Object.entries(paths)
    .filter(([path]) => isIncluded(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        name: `${method.toUpperCase()} ${path}`,
        types: typesOf(operationId),
      })),
    );
  const imported = operations.flatMap(({ types }) => [`${types}Data`, `${types}Responses`]).sort();
  const lines = operations.map(({ name, types }) => `  '${name}': { given: ${types}Data; answers: ${types}Responses };`);
  return [
    '// Written by "npm run generate".',
    `import type { ${imported.join(', ')} } from './types.gen.js';`,
    'export interface Operations {',
    ...lines,
    '}\n',
  ].join('\n');
}

/** As the generator names them: `Tenants.put` becomes `TenantsPut…`. */
const typesOf = (operationId: string): string =>
  operationId
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
