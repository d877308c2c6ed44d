import type { Resource } from '../model/finding.ts';
import type { NetworkAcl, RouteTable, SecurityGroup, Subnet, Vpc } from '../services/ec2/facts.ts';
import type { RegionAudit } from './control.ts';

type Arns = Pick<RegionAudit, 'arnOf'>;

/** A VPC as the resource of a finding. */
export const vpcResource = ({ arnOf }: Arns, { id, owner, tags }: Vpc): Resource => ({
  type: 'AWS::EC2::VPC',
  arn: arnOf('ec2', owner, `vpc/${id}`),
  id,
  ...nameOf(tags),
});

/** A subnet as the resource of a finding. */
export const subnetResource = ({ id, arn, tags }: Subnet): Resource => ({
  type: 'AWS::EC2::Subnet',
  arn,
  id,
  ...nameOf(tags),
});

/** A route table as the resource of a finding. */
export const routeTableResource = ({ arnOf }: Arns, { id, owner, tags }: RouteTable): Resource => ({
  type: 'AWS::EC2::RouteTable',
  arn: arnOf('ec2', owner, `route-table/${id}`),
  id,
  ...nameOf(tags),
});

/** A security group as the resource of a finding. */
export const groupResource = (
  { arnOf }: Arns,
  { id, owner, name }: Pick<SecurityGroup, 'id' | 'owner' | 'name'>,
): Resource => ({
  type: 'AWS::EC2::SecurityGroup',
  arn: arnOf('ec2', owner, `security-group/${id}`),
  id,
  name,
});

/** A network ACL as the resource of a finding. */
export const networkAclResource = ({ arnOf }: Arns, { id, owner, tags }: NetworkAcl): Resource => ({
  type: 'AWS::EC2::NetworkAcl',
  arn: arnOf('ec2', owner, `network-acl/${id}`),
  id,
  ...nameOf(tags),
});

const nameOf = ({ Name }: Record<string, string>): { name?: string } =>
  Name === undefined || Name === '' ? {} : { name: Name };
