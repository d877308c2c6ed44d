import type { Component, Tier } from '../model/baseline/row.ts';
import type { Subnet, Vpc } from '../services/ec2/facts.ts';

/** The live security groups that a component is, and how that was found. */
export interface BoundComponent {
  readonly groups: readonly string[];
  /** The groups that go together on one attachment (a load balancer, a service, …), each list once. */
  readonly attachments: readonly { readonly resource: string; readonly groups: readonly string[] }[];
  readonly by: 'id' | 'tag' | 'attachment' | 'nothing';
  /** The groups that another component has as well. */
  readonly shared: readonly { readonly group: string; readonly component: Component }[];
}

/** Which live objects the baseline speaks of, in one Region. */
export interface Binding {
  /** Absent where no VPC of the Region is the baseline's. */
  readonly vpc?: Vpc;
  /** The VPCs that could be the baseline's where more than one could. */
  readonly candidates: readonly Vpc[];
  /** The subnets whose CIDR lies in the tier's. */
  readonly tiers: Readonly<Record<Tier, readonly Subnet[]>>;
  readonly components: Readonly<Record<Component, BoundComponent>>;
}
