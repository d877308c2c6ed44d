import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { checkBaseline } from '../../src/baseline/check/check.ts';
import { readBaseline } from '../../src/baseline/read.ts';
import { main } from '../../src/cli/main.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import { adopt } from '../../src/init/adopt.ts';
import { withAdoptions } from '../../src/init/document.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import { Region } from '../../src/model/identifiers.ts';
import { adoptionInWords } from '../../src/report/adoptions.ts';
import { readSnapshot } from '../../src/snapshot/read-snapshot.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { writeSnapshot } from '../../src/snapshot/write-snapshot.ts';
import { BLOCKLIST, clientSettings, known, userPool, withWebAcl } from '../builders/protection.ts';
import { type Facts, GROUP, REGION, route, shop, VPC } from '../builders/shop.ts';
import { shippedBaseline, snapshotOf, snapshotOfShop } from '../builders/snapshot.ts';
import { fakeWorld } from '../builders/world.ts';

const shippedText = readFileSync(new URL('../../securecart-baseline.yaml', import.meta.url), 'utf8');
const fixtures = new URL('../../fixtures/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(`${name}/snapshot.json`, fixtures), 'utf8');

/** What `init` makes of a snapshot. */
async function init(snapshot: string, ...argv: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'securecart-'));
  writeFileSync(join(cwd, 'account.json'), snapshot);
  const { world, stdout, stderr } = fakeWorld({ cwd });
  const code = await main(['init', '--snapshot', 'account.json', ...argv], world);
  const again = (...more: string[]) => main(['init', '--snapshot', 'account.json', ...argv, ...more], world);
  const text = () => readFileSync(join(cwd, 'securecart-baseline.yaml'), 'utf8');
  return { code, text, screen: () => `${stdout()}${stderr()}`.replaceAll(/\s+/g, ' '), again, cwd };
}

const initShop = (change: (facts: Facts) => void, ...argv: string[]) => {
  const facts = shop();
  change(facts);
  return init(writeSnapshot(snapshotOf({ [REGION]: facts })), ...argv);
};

const failing = (snapshot: Snapshot, baseline: Baseline): string[] =>
  evaluate(catalogue, snapshot, baseline, { digest: text => text })
    .findings.filter(({ status }) => status === 'fail')
    .map(({ control, resource, message }) => `${control} ${resource.id} ${message}`)
    .sort();

const read = (text: string): Baseline => readBaseline(text, 'securecart-baseline.yaml');

test.each(readdirSync(fixtures).filter(name => name !== 'two-of-everything'))(
  'of %s it makes a baseline by which no more fails than by the one that is shipped',
  async name => {
    const { text } = await init(fixture(name), '--allow-unknown');
    const snapshot = readSnapshot(fixture(name), name);
    const before = failing(snapshot, shippedBaseline);
    expect(failing(snapshot, read(text())).filter(finding => !before.includes(finding))).toEqual([]);
  },
);

test('an account with other CIDRs is judged as the same account with those of the document', async () => {
  const moved = fixture('compliant').replaceAll('10.0.', '10.8.');
  const { text } = await init(moved);
  const { network } = read(text());
  expect(network.vpc.cidr).toBe('10.8.0.0/16');
  expect(network.tiers.database.subnets).toEqual([
    { cidr: '10.8.32.0/24', zone: 'a' },
    { cidr: '10.8.33.0/24', zone: 'b' },
  ]);
  const here = failing(readSnapshot(fixture('compliant'), 'compliant'), shippedBaseline);
  expect(failing(readSnapshot(moved, 'moved'), read(text()))).toEqual(here);
});

test('what it does not tell otherwise stays in the file, byte for byte', async () => {
  const { text } = await init(fixture('compliant'));
  const rest = text().split('\n');
  // In their order: each line of the document is looked for after the one before it.
  const lost = shippedText.split('\n').filter(line => {
    const index = rest.indexOf(line);
    rest.splice(0, index + 1);
    return index < 0;
  });
  expect(lost).toEqual([]);
});

/** What stands in an account, and what the baseline then says of it and why. */
const guesses: { name: string; change: (facts: Facts) => void; says: RegExp }[] = [
  {
    name: 'groups by what carries them',
    change: () => {},
    says: new RegExp(
      `# guessed: the security groups of rds, because of what carries them: .*\\n +securityGroups: \\[${GROUP.rds}\\]`,
    ),
  },
  {
    name: 'groups by their tag, which goes on binding',
    change: facts => {
      const group = facts['ec2.securityGroups'].find(({ id }) => id === GROUP.rds);
      if (group !== undefined) group.tags['securecart:component'] = 'rds';
    },
    says: /# guessed: the security groups of rds, because of their tag: .*\n +purpose: The Amazon RDS/,
  },
  {
    name: 'a component of which nothing is there',
    change: facts => {
      facts['lambda.functions'] = [];
    },
    says: /# not found: the security groups of lambda, nothing of its kind stands in its place\n +purpose/,
  },
  {
    name: 'a web ACL of another name',
    change: facts => {
      for (const acl of facts['wafv2.webAcls']) acl.name = 'edge';
    },
    says: /# guessed: the web ACL, because it stands before a load balancer\n {2}name: edge\n/,
  },
  {
    name: 'a user pool of another name',
    change: facts => {
      for (const pool of facts['cognito.userPools']) pool.name = 'people\nwaf: {}';
    },
    says: /# guessed: the user pool user-pool-customers, because there is none but \S+ \(people\\u000awaf: \{\}\)\n +poolId: \S+\n/,
  },
  {
    name: 'IP sets of other names, the empty one by its name',
    change: facts => {
      for (const set of facts['wafv2.ipSets'])
        set.name = set.arn === BLOCKLIST.ipv4 ? 'attackers' : 'attackers-v6';
    },
    says: /# guessed: the IP sets of waf-guardduty-blocklist, because securecart blocks their addresses\n +sets: \{ ipv4: attackers, ipv6: attackers-v6 \}\n/,
  },
  {
    name: 'a web ACL that blocks by no IP set',
    change: withWebAcl(rules => rules.slice(1)),
    says: /# not found: the IP sets of waf-guardduty-blocklist, securecart blocks by none .*\n +sets: \{ ipv4: securecart-blocklist-ipv4,/,
  },
  {
    name: 'two IP sets of one family',
    change: facts => {
      for (const set of facts['wafv2.ipSets']) {
        set.name = set.arn === BLOCKLIST.ipv4 ? 'attackers' : 'scrapers';
        set.addresses = known(['192.0.2.0/24']);
      }
    },
    says: /# not found: the IP sets of waf-guardduty-blocklist, it could be attackers or scrapers\n/,
  },
  {
    name: 'a client of another name',
    change: facts => {
      facts['cognito.userPools'] = [
        userPool({ clients: known([{ id: 'client2', name: 'mobile', settings: clientSettings() }]) }),
      ];
    },
    says: /# guessed: the client user-pool-client-web, because \S+ has none but client2\n +name: mobile\n/,
  },
  {
    name: 'two clients of other names',
    change: facts => {
      const clients = ['one', 'two'].map(name => ({ id: name, name, settings: clientSettings() }));
      facts['cognito.userPools'] = [userPool({ clients: known(clients) })];
    },
    says: /# not found: the client user-pool-client-web, it could be one \(one\) or two \(two\)\n +name: securecart-web\n/,
  },
  {
    name: 'a key under another alias',
    change: facts => {
      for (const key of facts['kms.customerKeys']) key.alias = 'alias/securecart-data';
    },
    says: /# guessed: the alias of the customer key, because no other .*\n +alias: alias\/securecart-data\n/,
  },
  {
    name: 'more interface endpoints than the document has, and one fewer',
    change: facts => {
      const [one] = facts['ec2.vpcEndpoints'].filter(({ service }) => service.endsWith('.sts'));
      if (one !== undefined) one.service = `com.amazonaws.${REGION}.sqs`;
    },
    says: /# guessed: the interface endpoints, because the private tier has sqs besides and lacks sts\n +interface: \[secretsmanager, .*, sts, sqs\]\n/,
  },
  {
    name: 'an interface endpoint whose name begins as some do in China',
    change: facts => {
      for (const endpoint of facts['ec2.vpcEndpoints'])
        if (endpoint.service.endsWith('.sts')) endpoint.service = `cn.${endpoint.service}`;
    },
    says: /# guessed: the interface endpoints, because the private tier has them all\n/,
  },
  {
    name: 'a way out through a NAT gateway',
    change: facts => {
      for (const table of facts['ec2.routeTables'])
        if (table.id === 'rtb-0b') table.routes.push(route('0.0.0.0/0', 'nat-0a'));
    },
    says: /# guessed: the way out of the private tier, because its routes lead to nat-0a\n +egress: nat\n/,
  },
  {
    name: 'an endpoint that leads to another party, and one in another tier, which are not of it',
    change: facts => {
      for (const endpoint of facts['ec2.vpcEndpoints']) endpoint.subnets = ['subnet-0d1'];
      const [one] = facts['ec2.vpcEndpoints'];
      if (one !== undefined)
        facts['ec2.vpcEndpoints'].push({
          ...one,
          type: 'Interface',
          service: `com.amazonaws.vpce.${REGION}.vpce-svc-0a`,
          subnets: ['subnet-0b1'],
        });
    },
    says: /# not found: the interface endpoints, the private tier has none\n +interface: \[secretsmanager, /,
  },
  {
    name: 'an endpoint that is gone, which AWS lists for a while',
    change: facts => {
      for (const endpoint of facts['ec2.vpcEndpoints'])
        if (endpoint.service.endsWith('.sts')) endpoint.state = 'deleted';
    },
    says: /# guessed: the interface endpoints, because the private tier lacks sts\n/,
  },
  {
    name: 'two web ACLs before nothing',
    change: facts => {
      const [acl] = facts['wafv2.webAcls'];
      facts['wafv2.associations'] = [];
      facts['wafv2.webAcls'] = ['one', 'two'].flatMap(name => (acl === undefined ? [] : [{ ...acl, name }]));
    },
    says: /# not found: the web ACL, it could be one or two\n {2}name: securecart\n/,
  },
];

test.each(guesses)('it tells $name', ({ change, says }) => {
  const facts = shop();
  change(facts);
  const { global, regions } = snapshotOfShop(facts);
  const region = Region.parse(REGION);
  const adoptions = adopt(shippedBaseline, { ...global, ...regions[region] }, { region, vpc: undefined });
  expect(withAdoptions(shippedText, adoptions, adoptionInWords)).toMatch(says);
});

test('a port that is another one is so in each row and flow, and the baseline still holds together', async () => {
  const { text } = await initShop(facts => {
    for (const instance of facts['rds.dbInstances']) instance.port = 6543;
    for (const rule of facts['ec2.securityGroupRules']) {
      if (rule.from === 8080) Object.assign(rule, { from: 3000, to: 3000 });
    }
  });
  const baseline = read(text());
  expect(baseline.components.rds.port).toBe(6543);
  expect(baseline.components.backend.port).toBe(3000);
  const about = { name: baseline.name, digest: '', literal: false };
  const { summary } = checkBaseline(baseline, {
    tool: { name: 'securecart', version: '0' },
    baseline: about,
  });
  expect(summary.defects).toBe(0);
});

test('a tier of which nothing is there has free addresses of the VPC', async () => {
  const { text } = await initShop(facts => {
    facts['ec2.vpcs'] = facts['ec2.vpcs'].map(vpc => ({ ...vpc, cidrs: ['172.16.0.0/16'] }));
    facts['ec2.subnets'] = facts['ec2.subnets'].slice(0, 4).map((subnet, index) => ({
      ...subnet,
      cidr: `172.16.${index}.0/24`,
    }));
  });
  const { tiers } = read(text()).network;
  expect([tiers.public.cidr, tiers.private.cidr]).toEqual(['172.16.0.0/23', '172.16.2.0/23']);
  expect(text()).toContain(
    '# not found: the database tier, RDS stands in none of the subnets; these addresses are free',
  );
});

test('where all subnets are of one tier, it takes not the whole VPC, and the others have room beside it', async () => {
  const { text } = await initShop(facts => {
    facts['ec2.vpcs'] = facts['ec2.vpcs'].map(vpc => ({ ...vpc, cidrs: ['172.31.0.0/16'] }));
    facts['ec2.subnets'] = facts['ec2.subnets'].slice(2, 4).map((subnet, index) => ({
      ...subnet,
      cidr: `172.31.${16 * index}.0/20`,
    }));
  });
  const { tiers } = read(text()).network;
  expect(tiers.private.cidr).toBe('172.31.0.0/19');
  expect([tiers.public.cidr, tiers.database.cidr]).toEqual(['172.31.32.0/20', '172.31.48.0/20']);
});

test('a subnet among another tier’s is left out, since a tier is one CIDR', async () => {
  const { text } = await initShop(facts => {
    facts['ec2.vpcs'] = facts['ec2.vpcs'].map(vpc => ({ ...vpc, cidrs: ['172.16.0.0/16'] }));
    // Public, public, private, private, database, database: a public one comes after them all.
    const order = [0, 6, 1, 2, 3, 4];
    facts['ec2.subnets'] = facts['ec2.subnets'].map((subnet, index) => ({
      ...subnet,
      cidr: `172.16.${order[index] ?? 9}.0/24`,
    }));
  });
  expect(read(text()).network.tiers.public.cidr).toBe('172.16.0.0/24');
  expect(text().replaceAll(/\n +#/g, '')).toContain(
    "would take in another tier's: subnet-0a2 (172.16.6.0/24)",
  );
});

describe('what could not be read', () => {
  test('keeps the value of the document, says which call, and exits with 3', async () => {
    const { text, code, screen, again } = await init(fixture('unreadable'));
    const [, said] = /# not read: (the web ACL.*)\n {2}name: securecart\n/.exec(text()) ?? [];
    expect(said).toBe('the web ACL, elasticloadbalancing:DescribeLoadBalancers was denied (AccessDenied)');
    expect(screen()).toContain('elasticloadbalancing:DescribeLoadBalancers was denied');
    expect(code).toBe(3);
    expect(await again('--force', '--allow-unknown')).toBe(0);
  });

  test('leaves the whole layout as it is where the tiers hang on it', async () => {
    const snapshot = snapshotOf({ [REGION]: shop() }, ['ec2.routeTables']);
    const { text } = await init(writeSnapshot(snapshot));
    expect(text()).toContain('# not read: the tiers, ec2.routeTables was denied (AccessDenied)\n');
    expect(read(text()).network.tiers).toEqual(shippedBaseline.network.tiers);
    expect(read(text()).network.vpc.id).toBe(VPC);
  });
});

describe('it refuses', () => {
  test('to write over a file, unless it is told to', async () => {
    const { code, again, cwd, screen } = await init(fixture('compliant'));
    expect(code).toBe(0);
    writeFileSync(join(cwd, 'securecart-baseline.yaml'), 'mine');
    expect(await again()).toBe(2);
    expect(readFileSync(join(cwd, 'securecart-baseline.yaml'), 'utf8')).toBe('mine');
    expect(screen()).toContain('--force');
    expect(await again('--force')).toBe(0);
  });

  test('to choose among VPCs that are alike, and takes the one that is named', async () => {
    const twice = (facts: Facts) => {
      facts['ec2.vpcs'] = facts['ec2.vpcs'].flatMap(vpc =>
        ['vpc-0b', 'vpc-0c'].map(id => ({ ...vpc, id, cidrs: ['172.16.0.0/16'] })),
      );
    };
    const refused = await initShop(twice);
    expect(refused.code).toBe(2);
    expect(refused.screen()).toContain(
      'vpc-0b (172.16.0.0/16) or vpc-0c (172.16.0.0/16). Say where: --vpc ID',
    );
    const { text } = await initShop(twice, '--vpc', 'vpc-0c');
    expect(read(text()).network.vpc.id).toBe('vpc-0c');
  });
});
