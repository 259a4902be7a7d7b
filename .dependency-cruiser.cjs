/**
 * Which part of the house may know which other part. Each rule says why, and tools/bounds.test.ts proves that each still bites.
 */
const floors = [
  'money',
  'time',
  'instruments',
  'bars',
  'ledger',
  'lots',
  'orders',
  'matching',
  'portfolio',
  'performance',
  'alerts',
  'quality',
];

const engine = '^packages/engine/src';
const server = '^apps/server/src';
const web = '^apps/web/src';
/** A suite is what several implementations are put through; only tests import it. */
const tests = '(\\.test|-suite)\\.tsx?$';
const libraries = (names) => `(^|/)node_modules/(@types/)?(${names})/`;

const rule = (name, comment, [from, to]) => ({ name, comment, severity: 'error', from, to });

const everywhere = [
  rule('no-cycles', 'Two files that need each other to be loaded are one idea cut in the wrong place.', [
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
  ]),
  rule('nothing-unresolved', 'An import the checker cannot follow is an import it cannot check.', [
    {},
    { couldNotResolve: true, pathNot: '\\.css$|^virtual:' },
  ]),
  rule('nothing-through-dist', 'A workspace is checked as source; seeing dist means a rule went blind.', [
    {},
    { path: '^(packages|apps|e2e|bench)/[^/]+/dist/' },
  ]),
  rule('no-orphans', 'A file nobody imports is dead.', [
    {
      orphan: true,
      pathNot: [
        '(main|index)\\.tsx?$',
        tests,
        '\\.d\\.ts$',
        '-page\\.tsx?$',
        '-worker\\.ts$',
        '\\.config\\.ts$',
        '/testdata/',
        '^(e2e|bench)/',
      ],
    },
    {},
  ]),
  rule('declared-dependencies-only', 'What you import is in your package.json.', [{}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }]),
];

const packages = [
  rule('packages-never-know-apps', 'What is imported must not know what runs.', [{ path: '^packages/' }, { path: '^(apps|e2e|bench)/' }]),
  rule('engine-stands-alone', 'The engine is plain arithmetic: no library, no Node, no other package.', [
    { path: engine, pathNot: tests },
    { pathNot: engine },
  ]),
  rule('engine-by-the-front-door', 'A module of the engine is entered by its index.ts.', [
    { path: `${engine}/([^/]+)/` },
    { path: `${engine}/([^/]+)/`, pathNot: [`${engine}/$1/`, '/index\\.ts$'] },
  ]),
  ...floors
    .slice(0, -1)
    .map((floor, position) =>
      rule('engine-floors', `The engine is built floor on floor: ${floors.join(' < ')}. A floor never looks up.`, [
        { path: `${engine}/${floor}/` },
        { path: `${engine}/(${floors.slice(position + 1).join('|')})/` },
      ]),
    ),
  rule('contract-knows-no-one', 'The wire is described once, by itself.', [
    { path: '^packages/contract/src' },
    { path: '^(packages/(engine|sdk)|apps)/' },
  ]),
  rule('sdk-knows-contract-only', 'The client is published alone.', [
    { path: '^packages/sdk/' },
    { path: '^(packages/(?!(sdk|contract)/)|apps/)' },
  ]),
];

const serverSide = [
  rule('server-knows-engine-and-contract', 'The server never calls itself through its client.', [
    { path: '^apps/server/' },
    { path: '^(packages/sdk|apps/web)/' },
  ]),
  rule('server-features-by-the-front-door', 'A feature is used through its index.ts.', [
    { path: `${server}/features/([^/]+)/` },
    { path: `${server}/features/([^/]+)/`, pathNot: [`${server}/features/$1/`, '/index\\.ts$'] },
  ]),
  rule('wiring-by-the-front-door', 'What puts the features together, or speaks for them in another dialect, uses what they show.', [
    { path: `${server}/(compat/|[^/]+\\.ts$)` },
    { path: `${server}/features/[^/]+/`, pathNot: '/index\\.ts$' },
  ]),
  rule('compat-doors-do-not-meet', 'A door can be taken out without another falling.', [
    { path: `${server}/compat/([^/]+)/` },
    { path: `${server}/compat/([^/]+)/`, pathNot: `${server}/compat/$1/` },
  ]),
  rule('features-know-no-door', 'A feature does not know by which door it is entered.', [
    { path: `${server}/features/` },
    { path: `${server}/(compat/|app\\.ts|main\\.ts)` },
  ]),
  rule('platform-knows-no-feature', 'The floor does not know the furniture.', [
    { path: `${server}/(platform|providers)/` },
    { path: `${server}/(features/|compat/|app\\.ts|main\\.ts)` },
  ]),
  rule('tests-stay-in-tests', 'What runs must not need what only tests have.', [
    { path: `${server}/`, pathNot: [tests, `${server}/testing/`] },
    { path: `${server}/testing/` },
  ]),
  rule('only-routes-know-http', 'A use case must run without a web server.', [
    { path: `${server}/features/`, pathNot: ['(-routes|-channel|-socket)(\\.db)?(\\.test)?\\.ts$', '/features/stream-hub/'] },
    { path: libraries('fastify|ws|@fastify/[^/]+') },
  ]),
  rule('only-stores-know-sql', 'All SQL of a feature is in its stores; a door and a provider have none. A type may be handed through.', [
    { path: `${server}/(features|compat|providers)/`, pathNot: ['/features/.*-store(\\.db)?(\\.test)?\\.ts$', '\\.db\\.test\\.ts$'] },
    { path: libraries('pg|pg-copy-streams|kysely'), dependencyTypesNot: ['type-only'] },
  ]),
];

const webSide = [
  rule('web-knows-little-of-the-engine', 'The browser previews orders and shows money; everything else it asks the server.', [
    { path: '^apps/web/' },
    { path: `${engine}/(?!(money|orders)/)` },
  ]),
  rule('web-features-do-not-meet', 'Features are put together by pages.', [
    { path: `${web}/features/([^/]+)/` },
    { path: `${web}/features/`, pathNot: `${web}/features/$1/` },
  ]),
  rule('web-features-know-no-page', 'A page composes features, never the other way round.', [
    { path: `${web}/features/` },
    { path: `${web}/(pages|shell)/` },
  ]),
  rule('web-ui-knows-no-feature', 'The pieces do not know the pictures.', [
    { path: `${web}/ui/` },
    { path: `${web}/(features|pages|shell)/` },
  ]),
  rule('journeys-see-the-outside', 'A journey knows what a user sees, not how it is made.', [
    { path: '^e2e/' },
    { path: '^(apps|packages/engine)/' },
  ]),
];

module.exports = {
  forbidden: [...everywhere, ...packages, ...serverSide, ...webSide],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
