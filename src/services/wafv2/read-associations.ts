import {
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { type Fact, known, need } from '../../model/fact.ts';
import { type ApiCall, apiCall, given, part, type Reader, type RegionAccess } from '../reader.ts';
import type { WebAclAssociation } from './facts.ts';

// IAM asks for an action of the load balancers' as well (service authorization reference, AWS WAF V2).
const forResource: ApiCall = {
  ...apiCall('wafv2:GetWebACLForResource'),
  also: ['elasticloadbalancing:GetLoadBalancerWebACL'],
};
const ofWebAcl: ApiCall = {
  ...apiCall('wafv2:ListResourcesForWebACL'),
  also: ['elasticloadbalancing:DescribeWebACLAssociation'],
};

/**
 * The web ACL of each internet-facing Application Load Balancer. AWS allows one such call a second, whether one asks by
 * load balancer or by web ACL, so that whichever are fewer are asked.
 */
export const associations: Reader<'wafv2.associations'> = {
  calls: [forResource, ofWebAcl],
  needs: ['elbv2.loadBalancers', 'wafv2.webAcls'],
  read: async access => {
    const [all, acls] = await Promise.all([access.fact('elbv2.loadBalancers'), access.fact('wafv2.webAcls')]);
    const facing = need(all)
      .filter(({ type, scheme }) => type === 'application' && scheme === 'internet-facing')
      .map(({ arn }) => arn);
    const webAcls = need(acls).map(({ arn }) => arn);
    return webAcls.length < facing.length
      ? byWebAcl(access, facing, webAcls)
      : Promise.all(facing.map(resource => byResource(access, resource)));
  },
};

const byResource = async (access: RegionAccess, resource: string): Promise<WebAclAssociation> => ({
  resource,
  webAcl: await part(access, [forResource], async () => {
    const { client, options } = access;
    const command = new GetWebACLForResourceCommand({ ResourceArn: resource });
    const { WebACL } = await client(WAFV2Client).send(command, options);
    // moto gives null where AWS gives nothing.
    return WebACL ? given(WebACL.ARN, 'ARN of a web ACL') : null;
  }),
});

/** A load balancer that no list has is without a web ACL only if every list is known. */
async function byWebAcl(
  access: RegionAccess,
  facing: readonly string[],
  webAcls: readonly string[],
): Promise<WebAclAssociation[]> {
  const lists = await Promise.all(
    webAcls.map(async webAcl => ({ webAcl, resources: await resourcesOf(access, webAcl) })),
  );
  const open = lists.map(({ resources }) => resources).find(({ kind }) => kind === 'unknown');
  return facing.map(resource => {
    const list = lists.find(
      ({ resources }) => resources.kind === 'known' && resources.value.includes(resource),
    );
    if (list !== undefined) return { resource, webAcl: known(list.webAcl) };
    return { resource, webAcl: open?.kind === 'unknown' ? open : known(null) };
  });
}

const resourcesOf = (access: RegionAccess, webAcl: string): Promise<Fact<string[]>> =>
  part(access, [ofWebAcl], async () => {
    const { client, options } = access;
    const answer = await client(WAFV2Client).send(
      new ListResourcesForWebACLCommand({ WebACLArn: webAcl, ResourceType: 'APPLICATION_LOAD_BALANCER' }),
      options,
    );
    return answer.ResourceArns ?? [];
  });
