import type { IntrinsicValue } from '@awboost/cfn-template-builder/intrinsics';
import { Fn } from '@awboost/cfn-template-builder/intrinsics';
import type { Template } from '@awboost/cfn-template-builder/template';
import { Parameter } from '@awboost/cfn-template-builder/template/parameter';
import { z } from 'zod';
import { GatewayService } from '../model/baseline/row.ts';
import { type Change, changesOf, type ObjectKind, type Plan } from '../model/plan.ts';
import { ANY_REGION, prefixListId } from '../plan/provision/empty-account.ts';
import { customerKey } from './customer-key.ts';
import { database } from './database.ts';
import { flowLog } from './flow-log.ts';
import { identity } from './identity.ts';
import { inTemplate, logicalId, type Names } from './intrinsics.ts';
import { network } from './network.ts';
import { outputsOf } from './outputs.ts';
import { secrets } from './secrets.ts';
import { securityGroups } from './security-groups.ts';
import { trail } from './trail.ts';
import type { AnyResource, Translate } from './translation.ts';
import { webAcl } from './web-acl.ts';

/** A template, and what of the plan it does not say. */
export interface Exported {
  readonly template: Template & { readonly Description: string };
  /** A sentence each. */
  readonly left: readonly string[];
}

const translations: Readonly<Record<string, Translate>> = {
  ...network,
  ...securityGroups,
  ...webAcl,
  ...database,
  ...flowLog,
  ...customerKey,
  ...identity,
  ...trail,
  ...secrets,
};

/** Writes the plan that builds a baseline from nothing as a template of CloudFormation's, for any account and Region. The same plan gives the same template. */
export function cloudFormation(plan: Plan): Exported {
  const changes = changesOf(plan);
  const parameters = prefixListParameters(changes);
  const names = namesIn(changes);
  const said = changes.map(change => ({ change, resources: translate(change, changes, names) }));
  const resources = new Map(said.flatMap(({ resources = [] }) => resources.map(one => [one.name, one])));
  const left = new Set([
    ...said.filter(({ resources }) => resources === undefined).map(({ change }) => anywhere(change.title)),
    ...plan.leftAlone.map(({ resource, detail }) => anywhere(`${resource.type}: ${detail}`)),
  ]);
  return { template: templateOf(plan, { resources, parameters, left: [...left] }), left: [...left] };
}

/** The name by which a call is translated. */
const nameOf = ({ call }: Change): string => `${call.service}:${call.operation}`;

function translate(change: Change, changes: readonly Change[], names: Names): AnyResource[] | undefined {
  const input = (of: Change): IntrinsicValue => inTemplate(of.call.input, names);
  return translations[nameOf(change)]?.({
    change,
    id: logicalId(change.id),
    input: input(change),
    object: inTemplate(change.object.id, names),
    later: operation =>
      changes
        .filter(other => nameOf(other) === operation && isOn(other, change) && other !== change)
        .map(input),
    after: changes
      .filter(
        ({ id, edit, object }) =>
          change.dependsOn.includes(id) && edit.kind === 'create' && typeof object.id === 'string',
      )
      .map(({ id }) => logicalId(id)),
    attachments: changes
      .filter(other => nameOf(other) === 'ec2:AttachInternetGateway')
      .map(({ id }) => logicalId(id)),
  });
}

const isOn = ({ object }: Change, other: Change): boolean =>
  JSON.stringify(object.id) === JSON.stringify(other.object.id);

/** The kinds whose id in a plan CloudFormation gives as an attribute: an ARN, or the allocation of an address. */
const ATTRIBUTES: ReadonlyMap<ObjectKind, string> = new Map([
  ['ip-set', 'Arn'],
  ['web-acl', 'Arn'],
  ['elastic-ip', 'AllocationId'],
]);

function namesIn(changes: readonly Change[]): Names {
  const created = changes
    .filter(({ edit }) => edit.kind === 'create')
    .map(({ id, object }): [string, IntrinsicValue] => {
      const attribute = ATTRIBUTES.get(object.kind);
      const name = logicalId(id);
      return [id, attribute === undefined ? Fn.ref(name) : Fn.getAtt(name, attribute)];
    });
  return {
    created: new Map(created),
    texts: new Map([
      ...zonesOf(changes),
      ...GatewayService.options.map((service): [string, IntrinsicValue] => [
        prefixListId(service),
        Fn.ref(parameterOf(service)),
      ]),
    ]),
  };
}

/** The zones of the plan in the order of their letters: an account has those of its own in each Region. */
function zonesOf(changes: readonly Change[]): [string, IntrinsicValue][] {
  const zones = changes.flatMap(({ call }) => Zoned.safeParse(call.input).data?.AvailabilityZone ?? []);
  return [...new Set(zones)].sort().map((zone, index) => [zone, Fn.select(index, Fn.getAZs(''))]);
}

const Zoned = z.object({ AvailabilityZone: z.string() });

/** CloudFormation cannot look up the prefix lists of AWS's services, so that the user says which they are. */
const prefixListParameters = (changes: readonly Change[]): Parameter[] =>
  GatewayService.options
    .filter(service =>
      changes.some(({ call }) => JSON.stringify(call.input).includes(`"${prefixListId(service)}"`)),
    )
    .map(
      service =>
        new Parameter(parameterOf(service), {
          Type: 'String',
          AllowedPattern: '^pl-[0-9a-f]+$',
          ConstraintDescription: 'a prefix list is written like pl-0123456789abcdef0',
          Description: `The Region's prefix list com.amazonaws.REGION.${service}. To look it up: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.REGION.${service} --query "PrefixLists[].PrefixListId" --output text`,
        }),
    );

const parameterOf = (service: string): string => logicalId(`prefix-list-${service}`);

function templateOf(
  { baseline }: Plan,
  parts: {
    resources: ReadonlyMap<string, AnyResource>;
    parameters: readonly Parameter[];
    left: readonly string[];
  },
): Exported['template'] {
  const { resources, parameters, left } = parts;
  const needsCapability = [...resources.values()].some(({ type }) => type === 'AWS::IAM::Role');
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `The baseline ${baseline.name}, by SecureCart.${needsCapability ? ' It names an IAM role: deploy it with CAPABILITY_NAMED_IAM.' : ''}`,
    Metadata: { SecureCart: { baseline: baseline.digest, notInTemplate: left } },
    ...(parameters.length > 0 && {
      Parameters: Object.fromEntries(parameters.map(({ name, definition }) => [name, definition])),
    }),
    Resources: Object.fromEntries([...resources].map(([name, resource]) => [name, resource.toJSON()])),
    Outputs: Object.fromEntries(
      outputsOf(resources.values()).map(({ localName, definition }) => [localName, definition]),
    ),
  };
}

/** A sentence about a plan for no Region, as one about any. */
const anywhere = (text: string): string => text.replaceAll(ANY_REGION, 'the Region');
