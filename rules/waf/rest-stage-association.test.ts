import type { RestStage } from '../../src/services/apigateway/facts.ts';
import { known, refused, restApi, WEB_ACL } from '../../test/builders/protection.ts';
import { OWNER, REGION } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import restStageAssociation from './rest-stage-association.ts';

const stage = (name: string, webAcl?: string): RestStage => ({
  name,
  deployments: ['dep1'],
  executionLogs: [],
  ...(webAcl !== undefined && { webAcl }),
});
const bare =
  'No web ACL stands before it: every request of the internet reaches it, and no rule of the baseline sees one.';

testControl(restStageAssociation, {
  'a web ACL stands before the stage': {
    expect: [{ status: 'pass', resource: 'rest1/prod', message: 'Web ACL securecart stands before it.' }],
  },
  'the stage beside it has none': {
    given: facts => {
      facts['apigateway.restApis'] = [restApi({ stages: known([stage('prod', WEB_ACL), stage('test')]) })];
    },
    expect: [{ status: 'fail', resource: 'rest1/test', message: bare }],
  },
  'the web ACL is one of AWS WAF Classic': {
    given: facts => {
      const classic = `arn:aws:waf-regional:${REGION}:${OWNER}:webacl/old`;
      facts['apigateway.restApis'] = [restApi({ stages: known([stage('prod', classic)]) })];
    },
    expect: [
      {
        status: 'fail',
        resource: 'rest1/prod',
        message:
          'A web ACL of AWS WAF Classic stands before it, which has none of the rules of the baseline.',
      },
    ],
  },
  'the stages of one API could not be listed, those of another could': {
    given: facts => {
      facts['apigateway.restApis'].push(restApi({ id: 'rest2', stages: refused('apigateway:GetStages') }));
    },
    expect: [
      { status: 'pass', resource: 'rest1/prod' },
      { status: 'unknown', resource: 'rest2' },
    ],
  },
  'the baseline protects load balancers alone': {
    baseline: baseline => ({
      ...baseline,
      waf: {
        ...baseline.waf,
        protects: { ...baseline.waf.protects, resources: ['internet-facing-load-balancer'] },
      },
    }),
    expect: [{ status: 'not-applicable', resource: REGION }],
  },
});
