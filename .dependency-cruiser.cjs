// The arrows of docs/adr/0001: core <- ports <- io; workflows see core and ports; only composition roots see io.
const compositionRoot = '^(tasks/[^/]+/(main|cleanup)|cli/main)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-task-imports-another',
      severity: 'error',
      from: { path: '^tasks/([^/]+)/' },
      to: { path: '^tasks/', pathNot: '^tasks/$1/' },
    },
    {
      name: 'core-is-pure',
      comment: 'src/core sees only itself and libraries that do no I/O.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        pathNot: [
          '^src/core/',
          '^node_modules/(yaml|valibot|dayjs|semver|@renovatebot/pep440|fastest-levenshtein|minimatch)/',
          '^(node:)?(crypto|path/posix)$',
        ],
      },
    },
    {
      name: 'ports-see-core-types',
      severity: 'error',
      from: { path: '^src/ports/' },
      to: { pathNot: '^src/(ports|core)/' },
    },
    {
      name: 'io-sees-ports-and-core',
      severity: 'error',
      from: { path: '^src/io/' },
      to: { path: '^(tasks|cli|scripts|test|local-agent|bench|src/workflows)/' },
    },
    {
      name: 'only-roots-see-io',
      comment: 'A workflow gets its ports as arguments.',
      severity: 'error',
      from: { path: '^(tasks|cli)/', pathNot: compositionRoot },
      to: {
        pathNot: [
          '^src/(core|ports|workflows)/',
          '^tasks/',
          '^cli/',
          '^(node:)?util$',
          '^node_modules/(valibot|p-limit|p-retry)/',
          '^(node:)?path/posix$',
        ],
      },
    },
    {
      name: 'no-task-sees-the-command-line',
      comment: 'daemonless attach is made of a task, not the other way round.',
      severity: 'error',
      from: { path: '^(src|tasks)/' },
      to: { path: '^cli/' },
    },
    {
      name: 'shared-workflows-see-core-and-ports',
      comment: 'Parts of workflows that several tasks share; io comes as arguments.',
      severity: 'error',
      from: { path: '^src/workflows/' },
      to: { pathNot: ['^src/(core|ports|workflows)/', '^(node:)?path/posix$'] },
    },
    {
      name: 'roots-see-src-only',
      severity: 'error',
      from: { path: compositionRoot },
      to: { pathNot: ['^src/', '^tasks/', '^cli/'] },
    },
    {
      name: 'product-does-not-see-tooling',
      severity: 'error',
      from: { path: '^(src|tasks|cli)/' },
      to: { path: '^(scripts|test|local-agent|bench)/' },
    },
    {
      name: 'tab-sees-core',
      comment: "The build page's tab: core and libraries that run in a browser.",
      severity: 'error',
      from: { path: '^web/' },
      to: {
        pathNot: [
          '^web/',
          '^src/core/',
          '^node_modules/(valibot|p-limit|azure-devops-extension-sdk)/',
        ],
      },
    },
    {
      name: 'one-door-sdk',
      severity: 'error',
      from: { path: '^web/', pathNot: '^web/host/azure-host\\.ts$' },
      to: { path: '^node_modules/azure-devops-extension-sdk/' },
    },
    {
      name: 'tab-runs-without-a-page',
      comment: 'What the tab decides is pure, and tested without a browser.',
      severity: 'error',
      from: { path: '^web/run/' },
      to: { path: '^web/(view|host)/' },
    },
    {
      name: 'nothing-sees-the-tab',
      severity: 'error',
      from: { path: '^(src|tasks|cli|local-agent|bench)/' },
      to: { path: '^web/' },
    },
    {
      name: 'mock-host-stands-alone',
      comment: 'The mock of Azure DevOps around the tab must not share code with what it checks.',
      severity: 'error',
      from: { path: '^scripts/lib/tab-host/' },
      to: { path: '^(web|node_modules/azure-devops-extension-sdk)/' },
    },
    {
      name: 'local-agent-stands-alone',
      comment: 'The local agent must not share code with what it checks.',
      severity: 'error',
      from: { path: '^local-agent/' },
      to: { path: '^(src|tasks|cli|scripts|test|bench)/' },
    },
    {
      name: 'scripts-do-not-see-tests',
      severity: 'error',
      from: { path: '^(scripts|bench)/' },
      to: { path: '^(test|local-agent)/' },
    },
    {
      name: 'one-door-execa',
      severity: 'error',
      from: { path: '^(src|tasks|cli)/', pathNot: '^src/io/process/' },
      to: { path: '^node_modules/execa/' },
    },
    {
      name: 'one-door-task-lib',
      severity: 'error',
      from: { path: '^(src|tasks|cli)/', pathNot: '^src/io/pipeline/' },
      to: { path: '^node_modules/azure-pipelines-task-lib/' },
    },
    {
      name: 'one-door-files',
      severity: 'error',
      from: { path: '^(src|tasks|cli)/', pathNot: '^src/io/files/' },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
