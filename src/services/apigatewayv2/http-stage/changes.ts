import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { idPart } from '../../api-authorizer-names.ts';
import { describeTags } from '../../deployment-tags.ts';

/** Which stage of which HTTP API. */
export interface HttpStagePlace {
  readonly region: Region;
  readonly api: string;
  readonly stage: string;
}

/** A deployment as plans compare it: whose it is, and whether it is one that a stage can have. */
export const httpDeploymentState = (
  httpApi: string,
  tags: Readonly<Record<string, string>>,
  status: string,
): ObjectState => ({ httpApi, tags: { ...tags }, status });

/** A stage as plans compare it; a plan names a deployment with its API. */
export const httpStageState = (api: string, deployment: string): ObjectState => ({
  deployment: `${api}/${deployment}`,
});

/** A stage as an object of a plan. */
export const httpStageObject = ({ region, api, stage }: HttpStagePlace): LiveObject => ({
  kind: 'http-stage',
  region,
  id: `${api}/${stage}`,
});

/** The id of what is done to a stage. */
export const httpStageChange = ({ region, api, stage }: HttpStagePlace, what: string): ChangeId =>
  `http-stage/${region}/${idPart(api)}/${idPart(stage)}/${what}`;

/**
 * Deploys an HTTP API to a stage: the deployment is made beside the one in force, and then takes its place. What is in it
 * API Gateway shows only once the stage has it: the audit that follows tells whether a route was opened meanwhile. The old
 * one stays, for the way back.
 */
export function deployHttp(
  place: HttpStagePlace,
  plan: string,
  from: string,
  dependsOn: readonly ChangeId[],
): Change[] {
  const { region, api, stage } = place;
  const creation = httpStageChange(place, 'deployment');
  const created = { $created: creation };
  const tags = { 'securecart:plan': plan, 'securecart:change': creation };
  const stageCall = (Deployment: string | typeof created) => ({
    service: 'apigatewayv2' as const,
    operation: 'UpdateStage',
    input: { ApiId: api, StageName: stage, Deployment },
  });
  return [
    {
      id: creation,
      title: 'make a deployment of the API as it is configured, which no stage has yet',
      object: { kind: 'http-deployment', region, id: created },
      edit: { kind: 'create', state: httpDeploymentState(api, tags, 'DEPLOYED') },
      call: {
        service: 'apigatewayv2',
        operation: 'CreateDeployment',
        input: { ApiId: api, Description: describeTags(tags) },
      },
      permissions: ['apigateway:POST'],
      effect: NO_EFFECT,
      dependsOn: [...dependsOn],
      undo: {
        kind: 'call',
        call: { service: 'apigatewayv2', operation: 'DeleteDeployment', input: { Deployment: created } },
        permissions: ['apigateway:DELETE'],
      },
    },
    {
      id: httpStageChange(place, 'swap'),
      title: `let the stage ${stage} have that deployment`,
      object: httpStageObject(place),
      edit: { kind: 'set', fields: { deployment: { from: `${api}/${from}`, to: created } } },
      call: stageCall(created),
      permissions: ['apigateway:PATCH'],
      effect: NO_EFFECT,
      dependsOn: [creation],
      undo: { kind: 'call', call: stageCall(`${api}/${from}`), permissions: ['apigateway:PATCH'] },
    },
  ];
}
