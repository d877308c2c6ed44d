import { deployedAuthorizer, methodName } from '../../src/findings/api/rest.ts';
import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { restApiResource, restStageResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type {
  DeployedMethod,
  Deployment,
  RestApi,
  RestAuthorizer,
  RestMethod,
  RestStage,
} from '../../src/services/apigateway/facts.ts';

export default defineControl({
  id: 'api-gateway/rest-deployment',
  title: 'Every stage of a REST API has the authorization that is configured',
  severity: 'medium',
  rationale:
    'The console shows what is configured; callers meet what is deployed. A method that somebody closed and did not deploy is open, and one that somebody opened for a test goes public with the next deployment of anything.',
  remediation: 'Look at the pending changes of the API, and deploy it to the stage, or take them back.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployment.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html',
  ],
  frameworks: {},
  needs: ['apigateway.restApis'],
  scope: 'region',
  messages: {
    same: 'The stage has the authorization that is configured.',
    differs: 'The stage does not have the authorization that is configured: {differences}.',
    undeployed: 'The stage has no deployment: there is nothing to call.',
  },
  evaluate: judgeRestApis,
});

type Message = 'same' | 'differs' | 'undeployed';

function* judgeRestApis(audit: RegionAudit): Iterable<Outcome<Message>> {
  yield* judgeEach(
    audit.value('apigateway.restApis'),
    api => ({ resource: restApiResource(audit, api) }),
    api =>
      judgeEach(
        need(api.stages),
        stage => ({ resource: restStageResource(audit, api, stage) }),
        stage => [judgeStage(audit, api, stage)],
      ),
  );
}

function judgeStage(audit: RegionAudit, api: RestApi, stage: RestStage): Outcome<Message> {
  const { id, origin } = audit.baseline.api.authorization;
  const about = { resource: restStageResource(audit, api, stage), row: { id, origin } };
  const deployments = api.deployments.filter(({ id }) => stage.deployments.includes(id));
  if (deployments.length === 0) return { status: 'not-applicable', ...about, message: 'undeployed' };
  const configured = need(api.methods);
  const byType = deployments.flatMap(({ methods }) => differences(configured, need(methods)));
  const all =
    byType.length > 0
      ? byType
      : deployments.flatMap(deployment => otherAuthorizers(api, configured, deployment));
  const differing = [...new Set(all)].sort();
  if (differing.length === 0) return { status: 'pass', ...about, message: 'same' };
  return { status: 'fail', ...about, message: 'differs', data: { differences: differing.join('; ') } };
}

const authorizations = (methods: readonly DeployedMethod[]): Map<string, string> =>
  new Map(methods.map(method => [methodName(method), method.authorization]));

function differences(configured: readonly RestMethod[], deployed: readonly DeployedMethod[]): string[] {
  const [wanted, live] = [authorizations(configured), authorizations(deployed)];
  return [...new Set([...wanted.keys(), ...live.keys()])]
    .filter(name => wanted.get(name) !== live.get(name))
    .map(name => `${name} is ${live.get(name) ?? 'not there'} and not ${wanted.get(name) ?? 'gone'}`);
}

/** The methods whose authorizer trusts others than it did when it was deployed. Throws UnknownFact. */
function otherAuthorizers(
  { authorizers }: RestApi,
  configured: readonly RestMethod[],
  deployment: Deployment,
): string[] {
  return configured
    .filter(({ authorizer }) => authorizer !== undefined)
    .flatMap(method => {
      const wanted = need(authorizers).find(({ id }) => id === method.authorizer);
      const is = trusted(deployedAuthorizer(deployment, method));
      const will = wanted === undefined ? `${method.authorizer}, which is gone` : trusted(wanted);
      return is === will ? [] : [`${methodName(method)} is authorized by ${is} and not by ${will}`];
    });
}

/** Whose tokens an authorizer takes; only a Lambda authorizer knows whose it takes. */
const trusted = ({ name, userPools }: Pick<RestAuthorizer, 'name' | 'userPools'>): string =>
  userPools.length === 0 ? name : userPools.join(', ');
