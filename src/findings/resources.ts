import type { Resource } from '../model/finding.ts';
import type { Volume, VolumeSnapshot } from '../services/ebs/facts.ts';
import type {
  NatGateway,
  NetworkAcl,
  PrefixList,
  SecurityGroup,
  Subnet,
  Vpc,
} from '../services/ec2/facts.ts';
import type { CustomerKey } from '../services/kms/facts.ts';
import type { Bucket } from '../services/s3/facts.ts';
import type { RegionAudit } from './control.ts';

type Arns = Pick<RegionAudit, 'arnOf'>;

/** The Region itself as the resource of a finding, for what it holds for all that is in it. */
export const regionResource = ({
  arnOf,
  account,
  region,
}: Pick<RegionAudit, 'arnOf' | 'account' | 'region'>): Resource => ({
  type: 'AWS::::Region',
  arn: arnOf('ec2', account, `region/${region}`),
  id: region,
});

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

/** A NAT gateway as the resource of a finding. AWS does not say whose it is: it is the account's that is asked. */
export const natGatewayResource = (
  { arnOf, account }: Pick<RegionAudit, 'arnOf' | 'account'>,
  { id, tags }: NatGateway,
): Resource => ({
  type: 'AWS::EC2::NatGateway',
  arn: arnOf('ec2', account, `natgateway/${id}`),
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

/** A managed prefix list as the resource of a finding. */
export const prefixListResource = ({ arnOf }: Arns, { id, owner, name }: PrefixList): Resource => ({
  type: 'AWS::EC2::PrefixList',
  arn: arnOf('ec2', owner.toLowerCase(), `prefix-list/${id}`),
  id,
  name,
});

/** An S3 bucket as the resource of a finding. */
export const bucketResource = (
  { partition }: Pick<RegionAudit, 'partition'>,
  { name }: Pick<Bucket, 'name'>,
): Resource => ({
  type: 'AWS::S3::Bucket',
  arn: `arn:${partition}:s3:::${name}`,
  id: name,
});

/** A key of KMS as the resource of a finding, by the name of the alias that leads to it. */
export const keyResource = (
  { arnOf, account }: Pick<RegionAudit, 'arnOf' | 'account'>,
  { id, alias }: Pick<CustomerKey, 'id' | 'alias'>,
): Resource => ({ type: 'AWS::KMS::Key', arn: arnOf('kms', account, `key/${id}`), id, name: alias });

/** A database instance, a cluster or a snapshot of either as the resource of a finding. */
export const databaseResource = (
  type: 'DBInstance' | 'DBCluster' | 'DBSnapshot' | 'DBClusterSnapshot',
  { arn, id }: { arn: string; id: string },
): Resource => ({ type: `AWS::RDS::${type}`, arn, id });

/** A volume as the resource of a finding. */
export const volumeResource = (
  { arnOf, account }: Pick<RegionAudit, 'arnOf' | 'account'>,
  { id, tags }: Volume,
): Resource => ({
  type: 'AWS::EC2::Volume',
  arn: arnOf('ec2', account, `volume/${id}`),
  id,
  ...nameOf(tags),
});

/** A snapshot of a volume as the resource of a finding. AWS leaves the account out of its ARN. */
export const snapshotResource = ({ arnOf }: Arns, { id, tags }: VolumeSnapshot): Resource => ({
  type: 'AWS::EC2::Snapshot',
  arn: arnOf('ec2', '', `snapshot/${id}`),
  id,
  ...nameOf(tags),
});

const nameOf = ({ Name }: Record<string, string>): { name?: string } =>
  Name === undefined || Name === '' ? {} : { name: Name };
