import { EC2SecurityGroup } from '@awboost/cfn-resource-types/AWS-EC2-SecurityGroup';
import { EC2SecurityGroupEgress } from '@awboost/cfn-resource-types/AWS-EC2-SecurityGroupEgress';
import { EC2SecurityGroupIngress } from '@awboost/cfn-resource-types/AWS-EC2-SecurityGroupIngress';
import { z } from 'zod';
import { logicalId } from './intrinsics.ts';
import { Computed, TagSpecifications, type Translate } from './translation.ts';

const described = { Description: z.string().optional() };

/** One rule, as AuthorizeSecurityGroupIngress and AuthorizeSecurityGroupEgress are given it: each by itself. */
const Rule = z
  .object({
    GroupId: Computed,
    IpPermissions: z.tuple([
      z.object({
        IpProtocol: z.string(),
        FromPort: z.int().optional(),
        ToPort: z.int().optional(),
        IpRanges: z.array(z.object({ CidrIp: z.string(), ...described })).default([]),
        Ipv6Ranges: z.array(z.object({ CidrIpv6: z.string(), ...described })).default([]),
        PrefixListIds: z.array(z.object({ PrefixListId: Computed, ...described })).default([]),
        UserIdGroupPairs: z.array(z.object({ GroupId: Computed, ...described })).default([]),
      }),
    ]),
  })
  .transform(({ GroupId, IpPermissions: [permission] }) => {
    const { IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs, ...traffic } = permission;
    const [address] = [...IpRanges, ...Ipv6Ranges];
    const [prefixList] = PrefixListIds;
    const [group] = UserIdGroupPairs;
    const Description = (address ?? prefixList ?? group)?.Description;
    return { GroupId, traffic: { ...traffic, Description }, address, prefixList, group };
  });

/** A rule is named after the row that asks for it and its port, so that a row that comes or goes renames no other. */
const nameOf = (id: string, { traffic: { Description, FromPort } }: z.infer<typeof Rule>): string =>
  Description === undefined ? id : logicalId(`${Description}-${FromPort ?? 'all'}`);

const authorizeIngress: Translate = ({ id, input }) => {
  const rule = Rule.parse(input);
  const { GroupId, traffic, address, prefixList, group } = rule;
  return [
    new EC2SecurityGroupIngress(nameOf(id, rule), {
      GroupId,
      ...traffic,
      ...address,
      ...(prefixList !== undefined && { SourcePrefixListId: prefixList.PrefixListId }),
      ...(group !== undefined && { SourceSecurityGroupId: group.GroupId }),
    }),
  ];
};

const egressOf = ({ traffic, address, prefixList, group }: z.infer<typeof Rule>) => ({
  ...traffic,
  ...address,
  ...(prefixList !== undefined && { DestinationPrefixListId: prefixList.PrefixListId }),
  ...(group !== undefined && { DestinationSecurityGroupId: group.GroupId }),
});

/** What leads to another group is a resource by itself: two groups that name each other could not be created. */
const authorizeEgress: Translate = ({ id, input }) => {
  const rule = Rule.parse(input);
  if (rule.group === undefined) return [];
  return [new EC2SecurityGroupEgress(nameOf(id, rule), { GroupId: rule.GroupId, ...egressOf(rule) })];
};

const Group = z.object({ Description: z.string(), VpcId: Computed, TagSpecifications });

/** Leads back to the host that sends, and so lets nothing out. */
const TO_NOBODY = { IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'nothing is let out' };

/**
 * A group has its outbound rules from the start: CloudFormation takes the one that lets out everything away only where
 * there is another, and an empty list is none. Where none is wanted, AWS's documentation of AWS::EC2::SecurityGroup has
 * {@link TO_NOBODY}. It has no name of its own: CloudFormation cannot replace what has.
 */
const createSecurityGroup: Translate = ({ id, input, later }) => {
  const { Description: GroupDescription, VpcId, TagSpecifications: Tags } = Group.parse(input);
  const rules = later('ec2:AuthorizeSecurityGroupEgress').map(rule => Rule.parse(rule));
  const inline = rules.filter(({ group }) => group === undefined).map(egressOf);
  const SecurityGroupEgress = inline.length === 0 ? [TO_NOBODY] : inline;
  return [new EC2SecurityGroup(id, { GroupDescription, VpcId, SecurityGroupEgress, Tags })];
};

/** What a new group lets out is gone by what {@link createSecurityGroup} says; a VPC's default group is nobody's resource. */
const revokeEgress: Translate = ({ change }) => (change.object.kind === 'security-group' ? [] : undefined);

/** What a template says for each call of EC2's about security groups. */
export const securityGroups = {
  'ec2:CreateSecurityGroup': createSecurityGroup,
  'ec2:AuthorizeSecurityGroupIngress': authorizeIngress,
  'ec2:AuthorizeSecurityGroupEgress': authorizeEgress,
  'ec2:RevokeSecurityGroupEgress': revokeEgress,
} satisfies Record<string, Translate>;
