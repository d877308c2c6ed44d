import { askEc2, type Exchange, form } from './exchange.ts';
import { firstOf, type Reply, withBody } from './reply.ts';

/** What AWS deletes along with a subnet or a VPC, and moto keeps. */
export const deletionAmendments: Record<
  string,
  (exchange: Exchange, reply: Reply) => Promise<Reply> | Reply
> = {
  'ec2:DeleteSubnet': endAssociations,
  'ec2:DeleteVpc': deleteDefaultAcl,
  'ec2:DescribeNetworkAcls': withoutDeletedSubnets,
};

const filtered = (name: string, value: string): [string, string][] => [
  ['Filter.1.Name', name],
  ['Filter.1.Value.1', value],
];

/** With moto neither a route table nor a NACL can be deleted while it is associated with a subnet that is no more. */
async function endAssociations(exchange: Exchange, reply: Reply): Promise<Reply> {
  const subnet = form(exchange.request).get('SubnetId') ?? '';
  exchange.memory.deletedSubnets.add(subnet);
  const describe = async (what: string) =>
    (
      await askEc2(exchange, [['Action', what], ...filtered('association.subnet-id', subnet)])
    ).body.toString();
  const table = new RegExp(
    `<routeTableAssociationId>([\\w-]+)</routeTableAssociationId><routeTableId>[\\w-]+</routeTableId><subnetId>${subnet}<`,
  ).exec(await describe('DescribeRouteTables'));
  if (table !== null) {
    await askEc2(exchange, [
      ['Action', 'DisassociateRouteTable'],
      ['AssociationId', table[1] ?? ''],
    ]);
  }
  const acl = new RegExp(
    `<networkAclAssociationId>([\\w-]+)</networkAclAssociationId><networkAclId>[\\w-]+</networkAclId><subnetId>${subnet}<`,
  ).exec(await describe('DescribeNetworkAcls'));
  // An association cannot be ended, so that it is moved where no other test looks, and not shown there.
  const defaults = await askEc2(exchange, [
    ['Action', 'DescribeNetworkAcls'],
    ...filtered('default', 'true'),
  ]);
  await askEc2(exchange, [
    ['Action', 'ReplaceNetworkAclAssociation'],
    ['AssociationId', acl?.[1] ?? ''],
    ['NetworkAclId', firstOf(/<default>true<\/default><networkAclId>([\w-]+)</, defaults)],
  ]);
  return reply;
}

async function deleteDefaultAcl(exchange: Exchange, reply: Reply): Promise<Reply> {
  const vpc = form(exchange.request).get('VpcId') ?? '';
  const acls = await askEc2(exchange, [['Action', 'DescribeNetworkAcls'], ...filtered('vpc-id', vpc)]);
  await askEc2(exchange, [
    ['Action', 'DeleteNetworkAcl'],
    ['NetworkAclId', firstOf(/<default>true<\/default><networkAclId>([\w-]+)</, acls)],
  ]);
  return reply;
}

function withoutDeletedSubnets({ memory }: Exchange, reply: Reply): Reply {
  const association =
    /<item><networkAclAssociationId>(?:(?!<\/item>).)*<subnetId>([\w-]+)<\/subnetId><\/item>/g;
  const text = reply.body
    .toString()
    .replaceAll(association, (item, subnet: string) => (memory.deletedSubnets.has(subnet) ? '' : item));
  return withBody(reply, text);
}
