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
          return mendStage(scene, resource, api.tags, failing, (own, mend) =>
            mendRestStage(scene, { api, stage, resource, own, mend }),
          );
        }),
      ),
      ...audit.value('apigatewayv2.httpApis').flatMap(api =>
        stagesOf(api).map(stage => {
          const resource = httpStageResource(audit, api, stage);
          return mendStage(scene, resource, api.tags, failing, (own, mend) =>
            mend(own, httpLogs(scene, api, stage)),
          );
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

/** The proposal to mend a stage's logs, for some of its findings. */
type MendLogs = (own: readonly Finding[], logs: Logs) => Proposal;

function mendStage(
  scene: Scene,
  resource: Resource,
  tags: Readonly<Record<string, string>>,
  failing: readonly Finding[],
  plan: (own: readonly Finding[], mend: MendLogs) => Proposal,
): Proposal {
  const own = failing.filter(finding => finding.resource.id === resource.id);
  if (own.length === 0) return NOTHING;
  return unlessUnknown(own, () =>
    unlessManaged(scene, aboutStage(scene, resource, own), tags, owned =>
      plan(own, (mended, { change, fingerprint }) => {
        const mend: Mend = {
          ...aboutStage(scene, resource, mended),
          ...owned,
          id: `${change.id}/mend`,
          title: `let stage ${resource.name} log who calls what`,
          risk: 'safe',
          cost: 'CloudWatch Logs charges for what is logged by the GB; with api.logging.access and api.logging.execution: false in the baseline there is no log',
          changes: [change],
        };
        return { mends: [mend], fingerprints: [fingerprint], leftAlone: [] };
      }),
    ),
  );
}

const aboutStage = ({ region }: Scene, resource: Resource, own: readonly Finding[]): AboutRegion => ({
  region,
  resource,
  for: own.map(causeOf),
});

interface RestStageWork {
  readonly api: RestApi;
  readonly stage: RestStage;
  readonly resource: Resource;
  readonly own: readonly Finding[];
  readonly mend: MendLogs;
}

/** Where data tracing waits for a log level, the levels are left to people, and calls are logged all the same. Throws UnknownFact. */
function mendRestStage(scene: Scene, { api, stage, resource, own, mend }: RestStageWork): Proposal {
  if (scene.audit.value('apigateway.account').cloudWatchRole === undefined)
    return withoutRole(scene, aboutStage(scene, resource, own));
  const silent = silentMethods(stage);
  const traced = stage.executionLogs.filter(({ method, dataTrace }) => dataTrace && silent.includes(method));
  const levels = own.filter(({ key }) => key === 'execution');
  if (traced.length === 0 || levels.length === 0) return mend(own, restLogs(scene, api, stage, own));
  const left = whileTraced(aboutStage(scene, resource, levels), api, stage, traced);
  const access = own.filter(finding => !levels.includes(finding));
  return access.length === 0 ? left : together([left, mend(access, restLogs(scene, api, stage, access))]);
}

/** Throws UnknownFact. */
function restLogs(scene: Scene, api: RestApi, stage: RestStage, own: readonly Finding[]): Logs {
  const { region } = scene;
  const keys = own.map(({ key }) => key);
  const silent = keys.includes('execution') ? silentMethods(stage) : [];
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
  traced: RestStage['executionLogs'],
): Proposal {
  const { region } = about;
  const methods = traced.map(({ method }) => method);
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
