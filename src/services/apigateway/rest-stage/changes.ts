import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { idPart } from '../../api-authorizer-names.ts';
import { describeTags } from '../../deployment-tags.ts';
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
  `rest-stage/${region}/${idPart(api)}/${idPart(stage)}/${what}`;

/**
 * Deploys an API to a stage: the deployment is made beside the one in force, must authorize `methods` as was planned, and
 * only then takes its place. The old one stays, for the way back.
 */
export function deploy(
  place: StagePlace,
  plan: string,
  from: string,
  methods: readonly DeployedMethod[],
  dependsOn: readonly ChangeId[],
): Change[] {
  const { region, api, stage } = place;
  const creation = stageChange(place, 'deployment');
  const created = { $created: creation };
  const tags = { 'securecart:plan': plan, 'securecart:change': creation };
  const stageCall = (deployment: string | typeof created) => ({
    service: 'apigateway' as const,
    operation: 'UpdateStage',
    input: { restApiId: api, stageName: stage, deployment },
  });
  return [
    {
      id: creation,
      title: 'make a deployment of the API as it is configured, which no stage has yet',
      object: { kind: 'rest-deployment', region, id: created },
      edit: { kind: 'create', state: deploymentState(api, tags, methods) },
      call: {
        service: 'apigateway',
        operation: 'CreateDeployment',
        input: { restApiId: api, description: describeTags(tags) },
      },
      permissions: ['apigateway:POST'],
      effect: NO_EFFECT,
      dependsOn: [...dependsOn],
      undo: {
        kind: 'call',
        call: { service: 'apigateway', operation: 'DeleteDeployment', input: { deployment: created } },
        permissions: ['apigateway:DELETE'],
      },
    },
    {
      id: stageChange(place, 'swap'),
      title: `let the stage ${stage} have that deployment`,
      object: stageObject(place),
      edit: { kind: 'set', fields: { deployment: { from: `${api}/${from}`, to: created } } },
      call: stageCall(created),
      permissions: ['apigateway:PATCH'],
      effect: NO_EFFECT,
      dependsOn: [creation],
      undo: { kind: 'call', call: stageCall(`${api}/${from}`), permissions: ['apigateway:PATCH'] },
    },
  ];
}
