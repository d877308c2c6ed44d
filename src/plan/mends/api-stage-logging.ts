import { ALL_METHODS, silentMethods } from '../../findings/api/stage-logs.ts';
import { httpStageResource, restStageResource } from '../../findings/entry-resources.ts';
import type { Fact } from '../../model/fact.ts';
import type { Finding, Resource } from '../../model/finding.ts';
import type { Change, Fingerprint, Mend } from '../../model/plan.ts';
import type { RestApi, RestStage } from '../../services/apigateway/facts.ts';
import {
  logStage,
  type StageLogs,
  stageLoggingObject,
  stageLoggingState,
} from '../../services/apigateway/rest-stage-logging/changes.ts';
import type { HttpApi, HttpStage } from '../../services/apigatewayv2/facts.ts';
import {
  httpStageLoggingObject,
  httpStageLoggingState,
  logHttpStage,
} from '../../services/apigatewayv2/http-stage-logging/changes.ts';
import { type AboutRegion, leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';
import { destinationOf, type OwnLogGroup, withLogGroup } from './log-destination.ts';

/** Where stages log calls to that log none yet. */
const ACCESS_LOGS: OwnLogGroup = {
  name: 'securecart-api-access-logs',
  component: 'api-access-logs',
  of: 'the stages of APIs',
};

/** Lets the stages of REST and HTTP APIs log who calls what; a destination that somebody chose stays. */
export const apiStageLogging: Planner = {
  controls: ['api-gateway/stage-logging'],
  needs: ['apigateway.account', 'logs.logGroups'],
  plan: (scene, failing) => {
    const { audit } = scene;
    const stages = [
      ...audit.value('apigateway.restApis').flatMap(api =>
        stagesOf(api).map(stage => {
          const resource = restStageResource(audit, api, stage);
          return mendStage(scene, resource, api.tags, failing, (about, own) =>
            restLogs(scene, about, api, stage, own),
          );
        }),
      ),
      ...audit.value('apigatewayv2.httpApis').flatMap(api =>
        stagesOf(api).map(stage => {
          const resource = httpStageResource(audit, api, stage);
          return mendStage(scene, resource, api.tags, failing, () => httpLogs(scene, api, stage));
        }),
      ),
    ];
    return withLogGroup(scene, ACCESS_LOGS, together(stages));
  },
};

/** Those that are not known have no failing findings. */
const stagesOf = <Stage>({ stages }: { readonly stages: Fact<Stage[]> }): Stage[] =>
  stages.kind === 'known' ? stages.value : [];

/** What a stage's logs are mended by. */
interface Logs {
  readonly change: Change;
  readonly fingerprint: Fingerprint;
}

function mendStage(
  scene: Scene,
  resource: Resource,
  tags: Readonly<Record<string, string>>,
  failing: readonly Finding[],
  logsOf: (about: AboutRegion, own: readonly Finding[]) => Logs | Proposal,
): Proposal {
  const own = failing.filter(finding => finding.resource.id === resource.id);
  if (own.length === 0) return NOTHING;
  const about = { region: scene.region, resource, for: own.map(causeOf) };
  return unlessUnknown(own, () =>
    unlessManaged(scene, about, tags, owned => {
      const logs = logsOf(about, own);
      if ('mends' in logs) return logs;
      const mend: Mend = {
        ...about,
        ...owned,
        id: `${logs.change.id}/mend`,
        title: `let stage ${resource.name} log who calls what`,
        risk: 'safe',
        cost: 'CloudWatch Logs charges for what is logged by the GB; with api.logging.access and api.logging.execution: false in the baseline there is no log',
        changes: [logs.change],
      };
      return { mends: [mend], fingerprints: [logs.fingerprint], leftAlone: [] };
    }),
  );
}

/** Throws UnknownFact. */
function restLogs(
  scene: Scene,
  about: AboutRegion,
  api: RestApi,
  stage: RestStage,
  own: readonly Finding[],
): Logs | Proposal {
  const { audit, region } = scene;
  if (audit.value('apigateway.account').cloudWatchRole === undefined) return withoutRole(scene, about);
  const keys = own.map(({ key }) => key);
  const silent = keys.includes('execution') ? silentMethods(stage) : [];
  const traced = stage.executionLogs.filter(({ method, dataTrace }) => dataTrace && silent.includes(method));
  if (traced.length > 0)
    return whileTraced(
      about,
      api,
      stage,
      traced.map(({ method }) => method),
    );
  const { arn, after } = destinationOf(scene, ACCESS_LOGS);
  const access = keys.includes('access');
  const to: StageLogs = {
    ...(stage.accessLog !== undefined && { accessLog: stage.accessLog }),
    ...(access && { accessLog: arn }),
    executionLogs: [
      ...stage.executionLogs.map(one => (silent.includes(one.method) ? { ...one, level: 'ERROR' } : one)),
      ...(silent.includes(ALL_METHODS) && !has(stage, ALL_METHODS)
        ? [{ method: ALL_METHODS, level: 'ERROR' }]
        : []),
    ],
  };
  const place = { region, api: api.id, stage: stage.name };
  return {
    change: logStage(place, stage, to, access ? after : []),
    fingerprint: { object: stageLoggingObject(place), state: stageLoggingState(stage) },
  };
}

const has = ({ executionLogs }: RestStage, method: string): boolean =>
  executionLogs.some(one => one.method === method);

/** Throws UnknownFact. */
function httpLogs(scene: Scene, api: HttpApi, stage: HttpStage): Logs {
  const { arn, after } = destinationOf(scene, ACCESS_LOGS);
  const place = { region: scene.region, api: api.id, stage: stage.name };
  return {
    change: logHttpStage(place, arn, after),
    fingerprint: { object: httpStageLoggingObject(place), state: httpStageLoggingState(stage.accessLog) },
  };
}

const ROLE = 'securecart-api-gateway-logs';

/** API Gateway refuses every log setting of a REST API then: "CloudWatch Logs role ARN must be set in account settings". The role is for all APIs of the Region, whoever's they are, so that people give it. */
function withoutRole({ audit, region }: Scene, { for: causes }: AboutRegion): Proposal {
  const resource = {
    type: 'AWS::ApiGateway::Account',
    arn: audit.arnOf('apigateway', '', '/account'),
    id: region,
    name: `API Gateway of ${region}`,
  };
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  });
  const policy = `arn:${audit.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`;
  const role = `arn:${audit.partition}:iam::${audit.account}:role/${ROLE}`;
  return leave(
    { region, resource, for: causes },
    'no-mend',
    'API Gateway has no role by which to write to CloudWatch Logs in this Region, and lets no stage of a REST API log without one: give it one, as the runbook does, and run the fix again.',
    {
      runbook: [
        `aws iam create-role --role-name ${ROLE} --assume-role-policy-document '${trust}'`,
        `aws iam attach-role-policy --role-name ${ROLE} --policy-arn ${policy}`,
        '# IAM takes some seconds until it knows the role everywhere.',
        `aws apigateway update-account --region ${region} --patch-operations op=replace,path=/cloudwatchRoleArn,value=${role}`,
      ],
    },
  );
}

/** API Gateway writes whole requests and answers as soon as a method has a level: data tracing was without effect before. */
function whileTraced(
  about: AboutRegion,
  api: RestApi,
  stage: RestStage,
  methods: readonly string[],
): Proposal {
  const { region } = about;
  return leave(
    about,
    'no-mend',
    `Data tracing is on for ${methods.join(', ')}: with a log level it writes whole requests and answers, and what customers send in them, into the log. Switch it off, and run the fix again.`,
    {
      runbook: methods.map(
        method =>
          `aws apigateway update-stage --region ${region} --rest-api-id ${api.id} --stage-name ${stage.name} --patch-operations 'op=replace,path=/${method}/logging/dataTrace,value=false'`,
      ),
    },
  );
}
