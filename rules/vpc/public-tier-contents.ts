import { tierFacts } from '../../src/binding/binding.ts';
import { heldFor } from '../../src/findings/baseline-item.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { subnetResource } from '../../src/findings/resources.ts';
import type { Resource } from '../../src/model/finding.ts';
import type { NetworkInterface } from '../../src/services/ec2/facts.ts';

export default defineControl({
  id: 'vpc/public-tier-contents',
  title: 'Only load balancers stand in the public tier',
  severity: 'high',
  rationale:
    'The public tier has a route to the internet. A server, a function or a database in it is one public address and one wrong rule away from being reached by anybody, past the load balancer and the web ACL.',
  remediation:
    'Move it into the private tier (a database into the database tier): give the service, the function or the subnet group the subnets of that tier and deploy it again. An instance is launched anew there.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-best-practices.html'],
  frameworks: {},
  needs: [...tierFacts, 'ec2.networkInterfaces', 'ecs.services', 'lambda.functions', 'rds.dbInstances'],
  scope: 'vpc',
  messages: {
    allowed: 'Nothing but load balancers stands in the subnet.',
    interface: 'A network interface that is not of a load balancer stands in {subnet} of the public tier.',
    placed: 'It is given {subnets} of the public tier to stand in.',
  },
  evaluate: judgePublicTier,
});

type Message = 'allowed' | 'interface' | 'placed';

/** EC2's InterfaceType of what may stand there; an Application Load Balancer's is the plain one, known by who asked for it. */
const LOAD_BALANCERS = new Set([
  'network_load_balancer',
  'gateway_load_balancer',
  'load_balancer',
  'api_gateway_managed',
]);

function* judgePublicTier(audit: VpcAudit): Iterable<Outcome<Message>> {
  const subnets = audit.tier('public');
  const ids = new Set(subnets.map(({ id }) => id));
  const item = heldFor(audit.baseline.network.tiers.public);
  const strangers = audit
    .value('ec2.networkInterfaces')
    .filter(one => ids.has(one.subnet) && !mayStand(one, audit));
  for (const stranger of strangers) {
    const { id, owner, subnet, type, requester, description, instance } = stranger;
    const resource = {
      type: 'AWS::EC2::NetworkInterface',
      arn: audit.arnOf('ec2', owner, `network-interface/${id}`),
      id,
    };
    const actual = [type, instance, description || requester].filter(part => part !== undefined).join(', ');
    yield { status: 'fail', resource, ...item, message: 'interface', data: { subnet }, actual };
  }
  // What is placed there has an interface only while it runs, and the next task or failover may land there.
  const placed = placements(audit).flatMap(({ resource, subnets }) => {
    const inside = subnets.filter(id => ids.has(id)).sort();
    return inside.length === 0 ? [] : [{ resource, inside }];
  });
  for (const { resource, inside } of placed) {
    yield { status: 'fail', resource, ...item, message: 'placed', data: { subnets: inside.join(', ') } };
  }
  const taken = new Set([
    ...strangers.map(({ subnet }) => subnet),
    ...placed.flatMap(({ inside }) => inside),
  ]);
  for (const subnet of subnets) {
    if (!taken.has(subnet.id))
      yield { status: 'pass', resource: subnetResource(subnet), ...item, message: 'allowed' };
  }
}

function mayStand({ type, requester }: NetworkInterface, { baseline }: VpcAudit): boolean {
  if (LOAD_BALANCERS.has(type) || requester === 'amazon-elb') return true;
  return type === 'nat_gateway' && baseline.network.egress === 'nat';
}

function placements({ value }: VpcAudit): { resource: Resource; subnets: readonly string[] }[] {
  return [
    ...value('ecs.services').map(({ arn, name, status, subnets }) => ({
      resource: { type: 'AWS::ECS::Service', arn, id: name },
      subnets: status === 'INACTIVE' ? [] : subnets,
    })),
    ...value('lambda.functions').map(({ arn, name, vpc }) => ({
      resource: { type: 'AWS::Lambda::Function', arn, id: name },
      subnets: vpc?.subnets ?? [],
    })),
    ...value('rds.dbInstances').map(({ arn, id, subnets }) => ({
      resource: { type: 'AWS::RDS::DBInstance', arn, id },
      subnets,
    })),
  ];
}
