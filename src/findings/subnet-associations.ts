import type { NetworkAcl, RouteTable } from '../services/ec2/facts.ts';

/** The network ACL of a subnet: the one that it is associated with, else the default one of its VPC. */
export const networkAclOf = (
  subnet: string,
  vpc: string,
  acls: readonly NetworkAcl[],
): NetworkAcl | undefined =>
  acls.find(({ associations }) => associations.some(association => association.subnet === subnet)) ??
  acls.find(acl => acl.vpc === vpc && acl.isDefault);

/** The route table of a subnet: the one that it is associated with, else the main one of its VPC. */
export const routeTableOf = (
  subnet: string,
  vpc: string,
  tables: readonly RouteTable[],
): RouteTable | undefined =>
  tables.find(({ subnets }) => subnets.includes(subnet)) ??
  tables.find(table => table.vpc === vpc && table.isMain);
