/** How TypeScript becomes JavaScript wherever it is not tsc that does it (jest, scripts): the same decorators and fields as tsconfig.json. */
export const swcOptions = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2024',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
