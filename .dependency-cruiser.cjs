/** The folders are the data flow; these rules hold them there. Each comment is for whoever breaks the rule. */
const pure =
  '^(src/(model|json-file|network|policy|binding|baseline|findings|plan|export|init|comparison)/|rules/|src/services/(facts\\.ts|.+/(facts|state|desired|changes|create|calls|quota|separation)\\.ts))';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that import each other have one subject between them, or a noun that belongs in src/model.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'model-imports-zod-only',
      comment:
        'The model is nouns. It may import zod (and ip-address, which says what an address is) and itself.',
      severity: 'error',
      from: { path: '^src/model/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(src/model/|node_modules/(zod|ip-address)/)' },
    },
    {
      name: 'network-stands-alone',
      comment:
        'Packet sets know the model and the facts of EC2, nothing of baselines on disk, reports or the SDK.',
      severity: 'error',
      from: { path: '^src/network/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(src/(model|network)/|src/services/[^/]+/facts\\.ts|node_modules/ip-address/)' },
    },
    {
      name: 'pure-code-has-no-sdk',
      comment: 'What judges and plans works on facts: give it a fact, not a client.',
      severity: 'error',
      from: { path: pure, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(node_modules/@aws-sdk/|node_modules/@smithy/|src/(aws|apply|report|cli)/|src/services/[^/]+/(read|write)\\.ts)',
      },
    },
    {
      name: 'pure-code-has-no-node',
      comment: 'No file, clock, environment or hash of its own: these are arguments.',
      severity: 'error',
      from: { path: pure, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'a-rule-imports-no-rule',
      comment: 'What two controls share belongs in src/findings, src/binding or src/network.',
      severity: 'error',
      from: { path: '^rules/', pathNot: '(\\.test\\.ts|^rules/index\\.ts)$' },
      to: { path: '^rules/' },
    },
    {
      name: 'readers-and-writers-know-aws-only',
      comment:
        'A reader turns answers into facts and a writer turns changes into calls; neither knows a rule or a stage.',
      severity: 'error',
      from: { path: '^src/(aws/|services/[^/]+/(read|write)\\.ts)', pathNot: '\\.test\\.ts$' },
      to: { path: '^(rules/|src/(binding|baseline|findings|plan|apply|report|cli)/)' },
    },
    {
      name: 'reports-draw',
      comment:
        'A report draws what it is given; a verdict computed there is a verdict that the JSON does not have.',
      severity: 'error',
      from: { path: '^src/report/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(node_modules/@aws-sdk/|rules/|src/(aws|services|apply|cli)/)' },
    },
    {
      name: 'nobody-imports-the-cli',
      comment: 'src/cli is wiring; what others need of it has the wrong home.',
      severity: 'error',
      from: { path: '^(src/(?!cli/)|rules/)' },
      to: { path: '^src/cli/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
