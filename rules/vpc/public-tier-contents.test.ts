import { GROUP, networkInterface } from '../../test/builders/shop.ts';
import { testControl } from '../../test/catalogue/control-test.ts';
import publicTierContents from './public-tier-contents.ts';

const stranger = (id: string, subnet: string) => ({
  status: 'fail' as const,
  resource: id,
  message: `A network interface that is not of a load balancer stands in ${subnet} of the public tier.`,
});

testControl(publicTierContents, {
  'load balancers alone': {
    expect: [
      { status: 'pass', resource: 'subnet-0a1', message: 'Nothing but load balancers stands in the subnet.' },
      { status: 'pass', resource: 'subnet-0a2' },
    ],
  },
  'a network load balancer and a VPC link of API Gateway': {
    given: facts =>
      facts['ec2.networkInterfaces'].push(
        networkInterface('eni-1', 'subnet-0a1', 'network_load_balancer', 'amazon-elb', GROUP.alb),
        networkInterface('eni-2', 'subnet-0a1', 'api_gateway_managed', 'amazon-apigateway', GROUP.alb),
      ),
    expect: [{ status: 'pass', resource: 'subnet-0a1' }],
  },
  'an instance, whoever calls it a load balancer': {
    given: facts =>
      facts['ec2.networkInterfaces'].push({
        ...networkInterface('eni-1', 'subnet-0a1', 'interface', '111122223333', GROUP.backend),
        description: 'ELB app/shop/1',
        instance: 'i-0a',
      }),
    expect: [{ ...stranger('eni-1', 'subnet-0a1'), actual: 'interface, i-0a, ELB app/shop/1' }],
  },
  'a NAT gateway that the baseline does not have, and an interface endpoint': {
    given: facts =>
      facts['ec2.networkInterfaces'].push(
        networkInterface('eni-1', 'subnet-0a1', 'nat_gateway', 'amazon-aws', GROUP.default),
        networkInterface('eni-2', 'subnet-0a2', 'vpc_endpoint', 'amazon-aws', GROUP.endpoints),
      ),
    expect: [stranger('eni-1', 'subnet-0a1'), stranger('eni-2', 'subnet-0a2')],
  },
  'a NAT gateway that the baseline has': {
    baseline: baseline => ({ ...baseline, network: { ...baseline.network, egress: 'nat' } }),
    given: facts =>
      facts['ec2.networkInterfaces'].push(
        networkInterface('eni-1', 'subnet-0a1', 'nat_gateway', 'amazon-aws', GROUP.default),
      ),
    expect: [{ status: 'pass', resource: 'subnet-0a1' }],
  },
  'what is placed there though nothing of it runs now': {
    given: facts => {
      for (const { subnets } of facts['ecs.services']) subnets.push('subnet-0a2');
      for (const { subnets } of facts['rds.dbInstances']) subnets.push('subnet-0a1', 'subnet-0a2');
      for (const { vpc } of facts['lambda.functions']) vpc?.subnets.push('subnet-0a1');
    },
    expect: [
      {
        status: 'fail',
        resource: 'backend',
        message: 'It is given subnet-0a2 of the public tier to stand in.',
      },
      {
        status: 'fail',
        resource: 'orders',
        message: 'It is given subnet-0a1 of the public tier to stand in.',
      },
      {
        status: 'fail',
        resource: 'shop',
        message: 'It is given subnet-0a1, subnet-0a2 of the public tier to stand in.',
      },
    ],
  },
});
