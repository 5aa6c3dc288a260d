import { swcOptions } from './scripts/swc-options.js';

/** Suffix = cost: see CONTRIBUTING. `npm test -- --selectProjects pure` runs the ones that need nothing. */
const shared = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', swcOptions],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

const onDatabase = {
  setupFiles: ['<rootDir>/libs/testkit/src/nest-first.js'],
  globalSetup: '<rootDir>/libs/testkit/src/global-setup.js',
  globalTeardown: '<rootDir>/libs/testkit/src/global-teardown.js',
};

export default {
  projects: [
    { ...shared, displayName: 'pure', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...shared, ...onDatabase, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs}/**/*.int-spec.ts'] },
    { ...shared, displayName: 'acceptance', testMatch: ['<rootDir>/libs/**/*.acceptance-spec.ts'] },
    { ...shared, ...onDatabase, displayName: 'end-to-end', testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'] },
    { ...shared, ...onDatabase, displayName: 'rules', testMatch: ['<rootDir>/test/**/*.rules-spec.ts'] },
  ],
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/scripts/summary-reporter.js'],
  maxWorkers: '100%',
};
