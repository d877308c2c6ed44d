import { expect, test } from 'vitest';
import { planFor } from '../../test/apply/planned.ts';
import { type Facts, GROUP, networkAcl, REGION, route, rule, shop } from '../../test/builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../../test/builders/snapshot.ts';
import { Suppression } from '../model/baseline/suppression.ts';
import type { Finding } from '../model/finding.ts';
import { changesOf } from '../model/plan.ts';

/** The plan for a shop that has drifted, where findings of a control on a resource are accepted. */
function planWith(change: (facts: Facts) => void, control: string, resource?: string) {
  const facts = shop();
  change(facts);
  const suppression = Suppression.parse({
    id: 'known',
    control,
    resource,
    reason: 'a test',
    owner: 'shop',
    expires: '9999-12-31',
  });
  const baseline = { ...shippedBaseline, suppressions: [suppression] };
  // Who reaches whom follows from what is planned here.
  const wanted = ({ control: of }: Finding) => !of.startsWith('reachability/');
  return planFor(snapshotOfShop(facts), { allowDisruptive: true }, wanted, baseline);
}

const titles = (plan: ReturnType<typeof planWith>) => changesOf(plan).map(({ title }) => title);

/** A rule too many each way, and one too few. */
const groupDrift = (facts: Facts): void => {
  facts['ec2.securityGroupRules'] = facts['ec2.securityGroupRules']
    .filter(({ id }) => id !== 'sgr-0b1')
    .concat(
      rule('sgr-0in', GROUP.backend, 'ingress tcp 22 10.9.0.0/16'),
      rule('sgr-0out', GROUP.backend, 'egress tcp 25 0.0.0.0/0'),
    );
};

test.each([
  { control: 'vpc/*', in: true, out: true, adds: 1 },
  { control: 'security-group/backend-ingress', in: false, out: true, adds: 0 },
  { control: 'security-group/backend-egress', in: true, out: false, adds: 1 },
])(
  'where $control is suppressed, the other rules of the group are mended',
  ({ control, adds, ...revoked }) => {
    const plan = planWith(groupDrift, control);
    expect(titles(plan).some(title => title.includes('sgr-0in'))).toBe(revoked.in);
    expect(titles(plan).some(title => title.includes('sgr-0out'))).toBe(revoked.out);
    expect(titles(plan).filter(title => title.startsWith('allow'))).toHaveLength(adds);
  },
);

test('where all that fails is suppressed, there is nothing to do, and nothing to tell', () => {
  const { mends, leftAlone, failing } = planWith(groupDrift, 'security-group/*');
  expect({ mends, leftAlone }).toEqual({ mends: [], leftAlone: [] });
  expect(failing.length).toBeGreaterThan(0);
});

test('a network ACL is not replaced where a part of what it does is accepted', () => {
  const plan = planWith(facts => {
    facts['ec2.networkAcls'] = facts['ec2.networkAcls'].map(acl =>
      acl.id === 'acl-0d' ? networkAcl('acl-0d', ['subnet-0d1', 'subnet-0d2'], []) : acl,
    );
  }, 'network-acl/database-inbound');
  expect(plan.mends).toEqual([]);
  expect(plan.leftAlone).toMatchObject([
    { obstacle: 'suppressed', detail: expect.stringContaining('network-acl/database-inbound') },
  ]);
});

test('a route stays for the subnet that may have it, and the other one leaves the table', () => {
  const plan = planWith(
    facts => {
      for (const { id, routes } of facts['ec2.routeTables'])
        if (id === 'rtb-0d') routes.push(route('0.0.0.0/0', 'igw-0a'));
    },
    'vpc/private-routes',
    `arn:aws:ec2:${REGION}:*:subnet/subnet-0d1`,
  );
  expect(changesOf(plan).map(({ call }) => call.operation)).toEqual([
    'CreateRouteTable',
    'ReplaceRouteTableAssociation',
  ]);
});
