import type { Resource } from '../model/finding.ts';
import type { RestApi, RestStage } from '../services/apigateway/facts.ts';
import type { HttpApi, HttpStage } from '../services/apigatewayv2/facts.ts';
import type { UserPool } from '../services/cognito/facts.ts';
import type { LoadBalancer } from '../services/elbv2/facts.ts';
import type { WebAcl } from '../services/wafv2/facts.ts';
import type { RegionAudit } from './control.ts';

type Arns = Pick<RegionAudit, 'arnOf'>;

/** A load balancer as the resource of a finding. */
export const loadBalancerResource = ({ arn, name }: Pick<LoadBalancer, 'arn' | 'name'>): Resource => ({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  arn,
  id: name,
});

/** A web ACL as the resource of a finding. */
export const webAclResource = ({ arn, id, name }: WebAcl): Resource => ({
  type: 'AWS::WAFv2::WebACL',
  arn,
  id,
  name,
});

/** A REST API as the resource of a finding; API Gateway's ARNs have no account. */
export const restApiResource = ({ arnOf }: Arns, { id, name }: RestApi): Resource => ({
  type: 'AWS::ApiGateway::RestApi',
  arn: arnOf('apigateway', '', `/restapis/${id}`),
  id,
  name,
});

/** A stage of a REST API as the resource of a finding. */
export const restStageResource = ({ arnOf }: Arns, api: RestApi, stage: RestStage): Resource => ({
  type: 'AWS::ApiGateway::Stage',
  arn: arnOf('apigateway', '', `/restapis/${api.id}/stages/${stage.name}`),
  id: `${api.id}/${stage.name}`,
  name: `${api.name}/${stage.name}`,
});

/** An HTTP or a WebSocket API as the resource of a finding. */
export const httpApiResource = ({ arnOf }: Arns, { id, name }: Pick<HttpApi, 'id' | 'name'>): Resource => ({
  type: 'AWS::ApiGatewayV2::Api',
  arn: arnOf('apigateway', '', `/apis/${id}`),
  id,
  name,
});

/** A stage of an HTTP API as the resource of a finding. */
export const httpStageResource = ({ arnOf }: Arns, api: HttpApi, stage: HttpStage): Resource => ({
  type: 'AWS::ApiGatewayV2::Stage',
  arn: arnOf('apigateway', '', `/apis/${api.id}/stages/${stage.name}`),
  id: `${api.id}/${stage.name}`,
  name: `${api.name}/${stage.name}`,
});

/** A user pool as the resource of a finding; its account is empty where nobody could say whose it is. */
export const userPoolResource = (
  { arnOf, account }: Pick<RegionAudit, 'arnOf' | 'account'>,
  { id, name }: Pick<UserPool, 'id' | 'name'>,
): Resource => ({
  type: 'AWS::Cognito::UserPool',
  arn: arnOf('cognito-idp', account, `userpool/${id}`),
  id,
  name,
});
