import {
  type LoadBalancer as Described,
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { fromPages } from '../../aws/pages.ts';
import { apiCall, given, type Readers, sortedBy } from '../reader.ts';
import type { elbv2Facts, LoadBalancer } from './facts.ts';

/** How the load balancers' facts are read; classic load balancers have an API of their own. */
export const elbv2Readers = {
  'elbv2.loadBalancers': {
    calls: [apiCall('elasticloadbalancing:DescribeLoadBalancers')],
    needs: [],
    read: async ({ client, options }) => {
      const config = { client: client(ElasticLoadBalancingV2Client), pageSize: 400 };
      const pages = paginateDescribeLoadBalancers(config, {}, options);
      const all = await fromPages(pages, page => (page.LoadBalancers ?? []).map(loadBalancer));
      return sortedBy(all, ({ arn }) => arn);
    },
  },
} as const satisfies Readers<keyof typeof elbv2Facts>;

const loadBalancer = (from: Described): LoadBalancer => ({
  arn: given(from.LoadBalancerArn, 'LoadBalancerArn'),
  name: given(from.LoadBalancerName, 'LoadBalancerName'),
  vpc: given(from.VpcId, 'VpcId of a load balancer'),
  type: given(from.Type, 'Type of a load balancer'),
  // A Gateway Load Balancer has no scheme: nobody on the internet can address it.
  scheme: from.Scheme ?? 'internal',
  ipAddressType: from.IpAddressType ?? 'ipv4',
  securityGroups: [...(from.SecurityGroups ?? [])].sort(),
  subnets: (from.AvailabilityZones ?? []).flatMap(({ SubnetId: id }) => id ?? []).sort(),
});
