import type { Region } from '../../../model/identifiers.ts';
import {
  type Change,
  type ChangeId,
  inChangeId,
  type LiveObject,
  type ObjectState,
} from '../../../model/plan.ts';
import { deploymentChanges } from '../../deployment.ts';

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
  `http-stage/${region}/${inChangeId(api)}/${inChangeId(stage)}/${what}`;

/**
 * Deploys an HTTP API to a stage. What is in a deployment API Gateway shows only once a stage has it: the audit that
 * follows tells whether a route was opened meanwhile.
 */
export function deployHttp(
  place: HttpStagePlace,
  plan: string,
  from: string,
  dependsOn: readonly ChangeId[],
): Change[] {
  const { api, stage } = place;
  return deploymentChanges(
    {
      service: 'apigatewayv2',
      kind: 'http-deployment',
      stage: httpStageObject(place),
      name: stage,
      from: `${api}/${from}`,
      plan,
      changeId: what => httpStageChange(place, what),
      state: tags => httpDeploymentState(api, tags, 'DEPLOYED'),
      creation: description => ({ ApiId: api, Description: description }),
      deletion: deployment => ({ Deployment: deployment }),
      swap: deployment => ({ ApiId: api, StageName: stage, Deployment: deployment }),
    },
    dependsOn,
  );
}
