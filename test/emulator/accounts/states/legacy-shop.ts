import { CreateRouteCommand } from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { Clients } from '../../clients.ts';
import { all, allow, cidrsOf, tcp } from '../drift.ts';
import { cidrs } from '../rows.ts';
import { buildLeakingSecrets, runBackend, VALUE } from '../secrets.ts';
import { buildGroups, type Groups } from '../security-groups.ts';
import { buildTrail } from '../trail.ts';
import { buildRouting, buildSubnets, buildVpc } from '../vpc.ts';
import { buildDatabase, buildFunction, buildLoadBalancer, buildService } from '../workloads.ts';
import type { State } from './state.ts';

/** A shop that grew for years before anybody wrote a baseline for it. */
export const legacyShop: State = {
  build: async clients => {
    const vpc = await buildVpc(clients);
    const subnets = await buildSubnets(clients, vpc);
    const { gateway, routeTables } = await buildRouting(clients, vpc, subnets);
    // "The backend could not reach the payment service."
    await clients.ec2.send(
      new CreateRouteCommand({
        RouteTableId: routeTables.private,
        DestinationCidrBlock: cidrs.anywhere,
        GatewayId: gateway,
      }),
    );
    await buildTrail(clients, {
      name: 'old',
      bucket: 'old-logs',
      multiRegion: false,
      validated: false,
      logs: false,
    });
    const groups = await buildGroups(clients, vpc, false);
    await openGroups(clients, groups);
    await buildLoadBalancer(clients, vpc, { subnets: subnets.public, group: groups.alb });
    await buildDatabase(clients, { subnets: subnets.public, group: groups.rds, open: true });
    await buildService(clients, { subnets: subnets.private, group: groups.backend });
    await buildFunction(clients, { subnets: subnets.private, group: groups.lambda });
    await runBackend(clients, { environment: [{ name: 'DB_PASSWORD', value: VALUE }] });
    await buildLeakingSecrets(clients);
    await letOneDoEverything(clients);
  },
};

/** A user for the deployments, whose key lies in a build server that nobody uses any more. */
async function letOneDoEverything({ iam }: Clients): Promise<void> {
  const UserName = 'deploy';
  await iam.send(new CreateUserCommand({ UserName }));
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'everything', PolicyDocument }));
  await iam.send(new CreateAccessKeyCommand({ UserName }));
}

async function openGroups(clients: Clients, groups: Groups): Promise<void> {
  const anywhere = cidrsOf([cidrs.anywhere]);
  await allow(clients, groups.alb, 'ingress', { ...tcp(0, 65535), ...anywhere });
  await allow(clients, groups.backend, 'ingress', { ...tcp(8080), ...anywhere });
  await allow(clients, groups.backend, 'ingress', { ...tcp(22), ...anywhere });
  await allow(clients, groups.rds, 'ingress', { ...tcp(5432), ...anywhere });
  await allow(clients, groups.rds, 'ingress', {
    ...tcp(5432),
    UserIdGroupPairs: [{ GroupId: groups.backend }],
  });
  // AWS gives every new group this rule, and nobody took it away.
  for (const group of Object.values(groups)) await allow(clients, group, 'egress', all(cidrs.anywhere));
}
