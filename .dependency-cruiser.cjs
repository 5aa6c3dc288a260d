/** Who may import whom. The words are those of the architecture's "Dependency directions". */

const SPEC = '(-|\\.)spec\\.ts$';

/** The suite that every connector is held to: it runs in specs alone. */
const TESTS = [SPEC, '^libs/connectors/src/acceptance/'];

/** What a library's production code may import besides itself: values and types, or types alone. */
const LIBRARIES = {
  model: {},
  // It is published alone.
  client: {},
  consent: { values: ['model'] },
  // It asks at run time, too, whether a grant is one (isGrant).
  allowlist: { values: ['model', 'consent'] },
  // A connector reads the grant and the result that it is given (docs/adr/0002).
  egress: { values: ['model'] },
  connectors: { values: ['model', 'egress'], types: ['consent', 'allowlist'] },
  store: { values: ['model'], types: ['allowlist', 'consent'] },
  'embedded-database': { values: ['model'] },
  testkit: { values: ['model', 'store', 'embedded-database'] },
};

const libraries = (names) => `^libs/(${names.join('|')})/`;

const libraryRules = Object.entries(LIBRARIES).flatMap(([name, { values = [], types = [] }]) => [
  {
    name: `${name}-imports`,
    severity: 'error',
    comment: `libs/${name} may import: ${[...values, ...types.map((type) => `${type} (types)`)].join(', ') || 'no other library'}`,
    from: { path: `^libs/${name}/`, pathNot: TESTS },
    to: { path: '^(libs|apps|test)/', pathNot: libraries([name, ...values, ...types]) },
  },
  ...types.map((type) => ({
    name: `${name}-imports-only-types-of-${type}`,
    severity: 'error',
    from: { path: `^libs/${name}/`, pathNot: TESTS },
    to: { path: `^libs/${type}/`, dependencyTypesNot: ['type-only'] },
  })),
]);

module.exports = {
  forbidden: [
    ...libraryRules,
    {
      name: 'libraries-through-their-index',
      severity: 'error',
      comment: 'what a library does not export is its own: the makers of proof types above all',
      // The rules over the database compare its tables with the entities, which only the store itself may open.
      from: { path: '^(?:libs/([^/]+)|apps|test|bench|scripts)/', pathNot: '^test/database\\.rules-spec\\.ts$' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', '/fixtures/[^/]+\\.json$'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'a package that only another package brings along may vanish with its next version',
      // The client has a package.json of its own, for what it needs once it is published.
      from: { pathNot: '^libs/client/.*\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-package-in-production',
      severity: 'error',
      from: { path: '^(apps/gateway|libs)/', pathNot: [SPEC, '^libs/(testkit|embedded-database)/', '/acceptance/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-store-knows-the-database',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/(store|testkit|embedded-database)/'] },
      to: { path: 'node_modules/(@mikro-orm|kysely|pg|pg-boss)/' },
    },
    {
      name: 'connector-folders-are-strangers',
      severity: 'error',
      comment: 'a connector imports the contract, the HTTP client and the model; never another connector',
      from: { path: '^libs/connectors/src/([^/]+)/', pathNot: [SPEC, '^libs/connectors/src/acceptance/'] },
      to: { path: '^libs/connectors/src/', pathNot: '^libs/connectors/src/($1|contract|http)/' },
    },
    {
      name: 'no-connector-behind-the-path',
      severity: 'error',
      comment: 'past integrations/routing nobody knows which way the data took',
      from: { path: '^apps/gateway/src/(records|events|consents|tenants)/', pathNot: SPEC },
      to: { path: '^libs/connectors/' },
    },
    {
      name: 'sandbox-repeats-no-mapper',
      severity: 'error',
      comment: "the sandbox stands for the vendors: with the connectors' code it would repeat their mistakes",
      from: { path: '^apps/sandbox/', pathNot: SPEC },
      to: { path: '^(apps|libs)/', pathNot: ['^apps/sandbox/', '^libs/model/', '^libs/connectors/.*/fixtures/[^/]+\\.json$'] },
    },
    {
      name: 'gateway-knows-no-development',
      severity: 'error',
      from: { path: '^(apps/gateway|libs)/', pathNot: TESTS },
      to: { path: '^(apps/(sandbox|development)|bench|test)/' },
    },
    {
      name: 'embedded-database-is-for-development',
      severity: 'error',
      from: { path: '^(apps|libs|bench)/', pathNot: [SPEC, '^apps/development/', '^libs/(testkit|embedded-database)/', '^bench/'] },
      to: { path: '^libs/embedded-database/' },
    },
    {
      name: 'testkit-is-for-specs',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/testkit/', '/acceptance/'] },
      to: { path: '^libs/testkit/' },
    },
    {
      name: 'spec-code-stays-in-specs',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [SPEC, '^libs/testkit/', '/acceptance/'] },
      to: { path: [SPEC, '/acceptance/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|libs/client/dist|docs|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'require', 'default', 'types'] },
  },
};
