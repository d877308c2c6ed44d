import { expect, test } from 'vitest';
import { z } from 'zod';
import { planFor } from '../../../test/apply/planned.ts';
import { OWNER, REGION } from '../../../test/builders/place.ts';
import { HTTP_API, httpApi, known, REST_API, restApi } from '../../../test/builders/protection.ts';
import { type Facts, shop } from '../../../test/builders/shop.ts';
import { snapshotOfShop } from '../../../test/builders/snapshot.ts';
import type { RestApi, RestStage } from '../../services/apigateway/facts.ts';
import { stageLoggingState } from '../../services/apigateway/rest-stage-logging/changes.ts';
import type { FactName } from '../../services/facts.ts';
import type { LogGroup } from '../../services/logs/facts.ts';
import type { PlanOptions } from '../scene.ts';

const GROUP = 'securecart-api-access-logs';
const GROUP_ARN = `arn:aws:logs:${REGION}:${OWNER}:log-group:${GROUP}`;
const LOUD: RestStage['executionLogs'] = [{ method: '*/*', level: 'ERROR' }];

const rest =
  (stage: Partial<RestStage>, api: Partial<RestApi> = {}) =>
  (facts: Facts): void => {
    const prod = { name: 'prod', deployments: ['dep1'], executionLogs: [], ...stage };
    facts['apigateway.restApis'] = [restApi({ stages: known([prod]), ...api })];
  };
const http = (facts: Facts): void => {
  facts['apigatewayv2.httpApis'] = [httpApi({ stages: known([{ name: '$default' }]) })];
};
const all =
  (...given: ((facts: Facts) => void)[]) =>
  (facts: Facts): void => {
    for (const set of given) set(facts);
  };
const withGroup =
  (group: Partial<LogGroup>) =>
  (facts: Facts): void => {
    facts['logs.logGroups'] = [{ name: GROUP, arn: GROUP_ARN, retentionDays: null, tags: {}, ...group }];
  };
const withoutRole = (facts: Facts): void => {
  facts['apigateway.account'] = {};
};

const access = [
  `replace /accessLogSettings/destinationArn ${GROUP_ARN}`,
  expect.stringMatching(/^replace \/accessLogSettings\/format .*"requestId":"\$context\.requestId"/),
];
const loud = (method: string) => `replace /${method}/logging/loglevel ERROR`;
const silent = (method: string) => `replace /${method}/logging/loglevel OFF`;

interface Case {
  readonly given: (facts: Facts) => void;
  readonly denied?: FactName[];
  readonly options?: Partial<PlanOptions>;
  /** What is called, in order. */
  readonly calls?: readonly string[];
  /** How the stage of the REST API is patched, and how that is taken back. */
  readonly patches?: readonly unknown[];
  readonly undo?: readonly unknown[];
  readonly leaves?: readonly RegExp[];
}

const NEW_GROUP = ['logs:CreateLogGroup', 'logs:PutRetentionPolicy'];
const PATCH = 'apigateway:UpdateStage';

const cases: Record<string, Case> = {
  'a stage of a REST API that logs nothing': {
    given: rest({}),
    calls: [...NEW_GROUP, PATCH],
    patches: [...access, loud('*/*')],
    undo: ['remove /accessLogSettings', silent('*/*')],
  },
  'the log group is there': { given: all(rest({}), withGroup({ retentionDays: 30 })), calls: [PATCH] },
  'somebody’s own log group keeps all for ever': { given: all(rest({}), withGroup({})), calls: [PATCH] },
  'a run was cut off before its log group was whole': {
    given: all(rest({}), withGroup({ tags: { 'securecart:managed': 'true', 'securecart:plan': 'earlier' } })),
    calls: ['logs:PutRetentionPolicy', PATCH],
  },
  'calls are logged, to where somebody chose': {
    given: rest({
      accessLog: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/amazon-apigateway-calls',
    }),
    calls: [PATCH],
    patches: [loud('*/*')],
    undo: [silent('*/*')],
  },
  'errors are logged': {
    given: rest({ executionLogs: LOUD }),
    calls: [...NEW_GROUP, PATCH],
    patches: access,
    undo: ['remove /accessLogSettings'],
  },
  'all methods log nothing, and one has settings of its own': {
    given: rest({
      accessLog: 'arn:log',
      executionLogs: [
        { method: '*/*', level: 'OFF' },
        { method: '~1orders/GET', level: 'OFF' },
        { method: '~1orders/POST', level: 'INFO' },
      ],
    }),
    calls: [PATCH],
    patches: [loud('*/*'), loud('~1orders/GET')],
    undo: [silent('*/*'), silent('~1orders/GET')],
  },
  'an HTTP API needs no role': {
    given: all(http, withoutRole),
    calls: [...NEW_GROUP, 'apigatewayv2:UpdateStage'],
  },
  'a REST API needs one, and one runbook tells of all its stages': {
    given: all(
      rest(
        {},
        {
          stages: known(['beta', 'prod'].map(name => ({ name, deployments: ['dep1'], executionLogs: [] }))),
        },
      ),
      withoutRole,
    ),
    leaves: [
      /^AWS::ApiGateway::Account eu-west-1: no-mend: API Gateway has no role .*: 4 findings, 4 commands$/,
    ],
  },
  'nobody knows whether there is one': {
    given: rest({}),
    denied: ['apigateway.account'],
    leaves: [/rest1\/prod: unknown: apigateway.account was not answered/],
  },
  'data tracing would begin to write what customers send': {
    given: rest({
      accessLog: 'arn:log',
      executionLogs: [...LOUD, { method: '~1orders/GET', level: 'OFF', dataTrace: true }],
    }),
    leaves: [/rest1\/prod: no-mend: Data tracing is on for ~1orders\/GET: .*: 1 findings, 1 commands$/],
  },
  'data tracing of one method keeps the stage from no access log': {
    given: rest({ executionLogs: [...LOUD, { method: '~1orders/GET', level: 'OFF', dataTrace: true }] }),
    calls: [...NEW_GROUP, PATCH],
    patches: access,
    leaves: [/rest1\/prod: no-mend: Data tracing is on for ~1orders\/GET: .*: 1 findings, 1 commands$/],
  },
  'data tracing that writes already is not the control’s': {
    given: rest({ executionLogs: [{ method: '*/*', level: 'INFO', dataTrace: true }] }),
    calls: [...NEW_GROUP, PATCH],
  },
  'CloudFormation owns the API': {
    given: rest({}, { tags: { 'aws:cloudformation:stack-name': 'shop' } }),
    leaves: [/rest1\/prod: managed: It belongs to CloudFormation stack shop/],
  },
  'CloudFormation owns the API, and the user says that it may be changed': {
    given: rest({}, { tags: { 'aws:cloudformation:stack-name': 'shop' } }),
    options: { includeManaged: true },
    calls: [...NEW_GROUP, PATCH],
  },
};

test.each(Object.entries(cases))(
  '%s',
  (_, { given, denied, options, calls = [], patches, undo, leaves = [] }) => {
    const facts = shop();
    given(facts);
    const plan = planFor(snapshotOfShop(facts, denied), options);
    const isOfLogging = (item: { for: readonly { control: string }[] }) =>
      item.for.some(({ control }) => control === 'api-gateway/stage-logging');
    const changes = plan.mends.filter(isOfLogging).flatMap(mend => mend.changes);
    expect({
      calls: changes.map(({ call }) => `${call.service}:${call.operation}`),
      leaves: plan.leftAlone
        .filter(isOfLogging)
        .map(
          ({ resource, obstacle, detail, for: causes, runbook = [] }) =>
            `${resource.type} ${resource.id}: ${obstacle}: ${detail}: ${causes.length} findings, ${runbook.length} commands`,
        ),
    }).toEqual({ calls, leaves: leaves.map(text => expect.stringMatching(text)) });
    const [patch] = changes.filter(({ object }) => object.kind === 'rest-stage-logging');
    if (patches !== undefined) expect(patchesOf(patch?.call.input)).toEqual(patches);
    if (undo !== undefined)
      expect(patchesOf(patch?.undo.kind === 'call' && patch.undo.call.input)).toEqual(undo);
  },
);

const Patches = z.object({
  restApiId: z.literal(REST_API),
  stageName: z.literal('prod'),
  patchOperations: z.array(z.object({ op: z.string(), path: z.string(), value: z.string().optional() })),
});
const patchesOf = (input: unknown): string[] =>
  Patches.parse(input).patchOperations.map(({ op, path, value }) =>
    [op, path, value].filter(word => word !== undefined).join(' '),
  );

test('a stage logs only once its log group is whole, since no later fix would look at that', () => {
  const facts = shop();
  all(rest({}), http)(facts);
  const changes = planFor(snapshotOfShop(facts)).mends.flatMap(mend => mend.changes);
  const logs = changes.filter(({ object }) => object.kind.endsWith('-stage-logging'));
  const [retention] = changes.filter(({ call }) => call.operation === 'PutRetentionPolicy');
  expect(logs.map(({ dependsOn }) => dependsOn)).toEqual([[retention?.id], [retention?.id]]);
});

test('what an HTTP API logged to is taken from it again', () => {
  const facts = shop();
  http(facts);
  const [change] = planFor(snapshotOfShop(facts)).mends.flatMap(({ changes }) =>
    changes.filter(({ object }) => object.kind === 'http-stage-logging'),
  );
  expect(change).toMatchObject({
    call: {
      input: { ApiId: HTTP_API, StageName: '$default', AccessLogSettings: { DestinationArn: GROUP_ARN } },
    },
    undo: {
      call: { operation: 'DeleteAccessLogSettings', input: { ApiId: HTTP_API, StageName: '$default' } },
    },
  });
});

test('a stage whose data tracing somebody switches on is another one than was planned for', () => {
  const silent = { method: '~1orders/GET', level: 'OFF' };
  const [planned, now] = [silent, { ...silent, dataTrace: true as const }].map(one =>
    stageLoggingState({ executionLogs: [one] }),
  );
  expect(now).not.toEqual(planned);
});
