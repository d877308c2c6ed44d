import { defineControl, judgeEach, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { restApiResource, restStageResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { DeployedMethod, RestApi, RestStage } from '../../src/services/apigateway/facts.ts';

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
  ],
  frameworks: {},
  needs: ['apigateway.restApis'],
  scope: 'region',
  messages: {
    same: 'The stage has the authorization that is configured.',
    differs: 'The stage has not the authorization that is configured: {differences}.',
    undeployed: 'The stage has no deployment: there is nothing to call.',
  },
  evaluate: judgeRestApis,
});

type Message = 'same' | 'differs' | 'undeployed';

/** An authorizer that was changed since is not told here: a deployment's summary names none. */
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
  const configured = authorizations(need(api.methods));
  const all = deployments.flatMap(({ methods }) => differences(configured, authorizations(need(methods))));
  const differing = [...new Set(all)].sort();
  if (differing.length === 0) return { status: 'pass', ...about, message: 'same' };
  return { status: 'fail', ...about, message: 'differs', data: { differences: differing.join('; ') } };
}

const authorizations = (methods: readonly DeployedMethod[]): Map<string, string> =>
  new Map(methods.map(({ verb, path, authorization }) => [`${verb} ${path}`, authorization]));

function differences(configured: Map<string, string>, deployed: Map<string, string>): string[] {
  const names = new Set([...configured.keys(), ...deployed.keys()]);
  return [...names]
    .filter(name => configured.get(name) !== deployed.get(name))
    .map(name => `${name} is ${deployed.get(name) ?? 'not there'} and not ${configured.get(name) ?? 'gone'}`);
}
