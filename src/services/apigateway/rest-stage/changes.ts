import type { Region } from '../../../model/identifiers.ts';
import {
  type Change,
  type ChangeId,
  inChangeId,
  type LiveObject,
  type ObjectState,
} from '../../../model/plan.ts';
import { deploymentChanges } from '../../deployment.ts';
import type { DeployedMethod } from '../facts.ts';

/** Which stage of which REST API. */
export interface StagePlace {
  readonly region: Region;
  readonly api: string;
  readonly stage: string;
}

/** A deployment as plans compare it: whose it is, and how it authorizes each method. */
export const deploymentState = (
  restApi: string,
  tags: Readonly<Record<string, string>>,
  methods: readonly DeployedMethod[],
): ObjectState => ({
  restApi,
  tags: { ...tags },
  methods: methods.map(({ verb, path, authorization }) => `${verb} ${path} ${authorization}`).sort(),
});

/** The deployments that callers of a stage meet, as plans compare them; a plan names a deployment with its API. */
export const stageState = (api: string, deployment: string, canary: string | null): ObjectState => ({
  deployment: `${api}/${deployment}`,
  canary: canary === null ? null : `${api}/${canary}`,
});

/** A stage as an object of a plan. */
export const stageObject = ({ region, api, stage }: StagePlace): LiveObject => ({
  kind: 'rest-stage',
  region,
  id: `${api}/${stage}`,
});

/** The id of what is done to a stage. */
export const stageChange = ({ region, api, stage }: StagePlace, what: string): ChangeId =>
  `rest-stage/${region}/${inChangeId(api)}/${inChangeId(stage)}/${what}`;

/**
 * Deploys an API to a stage: the deployment must authorize `methods` as was planned before the stage gets it.
 */
export function deploy(
  place: StagePlace,
  plan: string,
  from: string,
  methods: readonly DeployedMethod[],
  dependsOn: readonly ChangeId[],
): Change[] {
  const { api, stage } = place;
  return deploymentChanges(
    {
      service: 'apigateway',
      kind: 'rest-deployment',
      stage: stageObject(place),
      name: stage,
      from: `${api}/${from}`,
      plan,
      changeId: what => stageChange(place, what),
      state: tags => deploymentState(api, tags, methods),
      creation: description => ({ restApiId: api, description }),
      deletion: deployment => ({ deployment }),
      swap: deployment => ({ restApiId: api, stageName: stage, deployment }),
    },
    dependsOn,
  );
}
