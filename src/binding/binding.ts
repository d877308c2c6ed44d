import type { Component, Tier } from '../model/baseline/row.ts';
import type { Fact } from '../model/fact.ts';
import type { Subnet, Vpc } from '../services/ec2/facts.ts';
import type { FactName } from '../services/facts.ts';

/** The VPC that the baseline speaks of, in one Region; `by` names the surest way that led to any, the first in the list. */
export type BoundVpc =
  | { readonly kind: 'found'; readonly vpc: Vpc; readonly by: 'option' | 'id' | 'tag' | 'cidr' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Vpc[] }
  | { readonly kind: 'absent' };

/** What carries security groups: a load balancer, a service, an instance, … by its ARN or id, with all of its groups. */
export interface Carrier {
  readonly resource: string;
  readonly groups: readonly string[];
  /** Where it stands, or may be put. */
  readonly subnets: readonly string[];
  readonly publicAddress: boolean;
}

/** The live security groups that a component is, and how they were found. */
export interface BoundComponent {
  readonly groups: readonly string[];
  /** The groups that go together on one carrier, so that what they allow is united; each list once, one group at least. */
  readonly attachments: readonly (readonly string[])[];
  /** What of the component's kind stands in its place, whatever groups it carries. */
  readonly carriers: Fact<readonly Carrier[]>;
  /** The surest way that led to any group, the first in the list. */
  readonly by: 'id' | 'tag' | 'attachment' | 'nothing';
}

/** Which live objects the baseline speaks of, in one Region; each is unknown where a fact that it hangs on is. */
export interface Binding {
  readonly vpc: Fact<BoundVpc>;
  /** The subnets of the VPC whose CIDR lies in the tier's. */
  readonly tiers: Readonly<Record<Tier, Fact<readonly Subnet[]>>>;
  readonly components: Readonly<Record<Component, Fact<BoundComponent>>>;
}

/** The facts by which the VPC is found. */
export const vpcFacts = ['ec2.vpcs'] as const satisfies readonly FactName[];

/** The facts by which the tiers are found. */
export const tierFacts = [...vpcFacts, 'ec2.subnets'] as const satisfies readonly FactName[];

/** The facts by which the components are found. */
export const componentFacts = [
  ...tierFacts,
  'ec2.securityGroups',
  'elbv2.loadBalancers',
  'ecs.services',
  'ec2.networkInterfaces',
  'rds.dbInstances',
  'lambda.functions',
  'ec2.vpcEndpoints',
] as const satisfies readonly FactName[];
