import { describe, expect, test } from 'vitest';
import { planFor, planForShop } from '../../test/apply/planned.ts';
import { bucket, policy, publicAccess, withoutTls } from '../../test/builders/encryption.ts';
import { type Facts, GROUP, group, OWNER, REGION, rule, shop } from '../../test/builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../../test/builders/snapshot.ts';
import { Suppression } from '../model/baseline/suppression.ts';
import { type Fact, known } from '../model/fact.ts';
import type { Mend, Obstacle } from '../model/plan.ts';
import type { DbInstance } from '../services/rds/facts.ts';
import type { Bucket } from '../services/s3/facts.ts';
import type { PlanInput } from './make-plan.ts';

type Change = (facts: Facts) => void;
const terraform = { ManagedBy: 'terraform' };
const denied: Fact<never> = { kind: 'unknown', reason: { kind: 'denied', call: 's3:GetBucketTagging' } };
const everyone = { Sid: 'Site', Effect: 'Allow', Action: 's3:GetObject' };

/** The shop, drifted by `change`. */
function drifted(...changes: Change[]): Facts {
  const facts = shop();
  for (const change of changes) change(facts);
  return facts;
}

const withBucket =
  (change: Partial<Bucket>): Change =>
  facts => {
    facts['s3.buckets'] = [{ ...bucket('shop'), ...change }];
  };
const withInstance =
  (change: Partial<DbInstance>): Change =>
  facts => {
    facts['rds.dbInstances'] = facts['rds.dbInstances'].map(one => ({ ...one, ...change }));
  };
const open = withBucket({ publicAccessBlock: known(null), policy: known(policy(everyone, withoutTls)) });
const noTls = withBucket({ policy: known(null) });
const takesPlain: Change = facts => {
  facts['rds.parameterGroups'] = [{ of: 'instance', name: 'shop-16', forceTls: known('0') }];
};
const sharedSnapshot =
  (tags: Record<string, string>): Change =>
  facts => {
    facts['rds.snapshots'] = facts['rds.snapshots']
      .slice(0, 1)
      .map(one => ({ ...one, tags, sharedWith: known(['all']) }));
  };
const publicVolume =
  (tags: Record<string, string>): Change =>
  facts => {
    facts['ebs.publicSnapshots'] = ['snap-0a'];
    facts['ebs.snapshots'] = facts['ebs.snapshots'].map(one => ({ ...one, tags }));
  };
/** The component's group is known by its tag, and the instance carries another beside it. */
const otherGroup =
  (...rules: ReturnType<typeof rule>[]): Change =>
  facts => {
    withInstance({ securityGroups: [GROUP.rds, 'sg-0aaa'] })(facts);
    facts['ec2.securityGroups'] = [
      ...facts['ec2.securityGroups'].map(one =>
        one.id === GROUP.rds ? { ...one, tags: { 'securecart:component': 'rds' } } : one,
      ),
      group('sg-0aaa', 'other'),
    ];
    facts['ec2.securityGroupRules'].push(...rules);
  };

interface Guarded {
  readonly given: Change[];
  readonly obstacle: Obstacle;
  readonly says: RegExp;
  /** What the user says, so that the mend is planned all the same; absent where nothing helps. */
  readonly unless?: Partial<PlanInput['options']>;
}

const managed = { obstacle: 'managed', says: /Terraform \(tag ManagedBy=terraform\)/ } as const;
const ours = { includeManaged: true };

const guards: Record<string, Guarded> = {
  'a bucket of Terraform': {
    given: [withBucket({ tags: known(terraform), policy: known(null) })],
    ...managed,
    unless: ours,
  },
  'a database of Terraform': {
    given: [withInstance({ publiclyAccessible: true, tags: terraform })],
    ...managed,
    unless: ours,
  },
  'a snapshot of a database, of Terraform': { given: [sharedSnapshot(terraform)], ...managed, unless: ours },
  'a snapshot of a volume, of Terraform': { given: [publicVolume(terraform)], ...managed, unless: ours },
  'a parameter group of Terraform': {
    given: [
      takesPlain,
      facts => {
        facts['rds.parameterGroupTags'] = [{ of: 'instance', name: 'shop-16', tags: known(terraform) }];
      },
    ],
    ...managed,
    unless: ours,
  },
  'a bucket whose owner is not known': {
    given: [withBucket({ tags: denied, policy: known(null) })],
    obstacle: 'unknown',
    says: /s3:GetBucketTagging was not answered \(denied\)/,
  },
  'a policy that S3 would not take again': {
    given: [withBucket({ policy: known(policy(everyone)) })],
    obstacle: 'no-mend',
    says: /while BlockPublicPolicy is on.*take Site out of it first/,
  },
  'a policy that would be too long': {
    given: [
      withBucket({
        policy: known(
          policy({
            Resource: Array.from({ length: 700 }, (_, n) => `arn:aws:s3:::shop/${'x'.repeat(10)}${n}`),
          }),
        ),
      }),
    ],
    obstacle: 'quota',
    says: /20480 bytes/,
  },
  'a sensitive bucket that names no key of the account': {
    given: [withBucket({ encryption: known({ algorithm: 'aws:kms', bucketKey: true }) })],
    obstacle: 'no-mend',
    says: /names no usable key of the account.*--bucket shop/,
  },
  'a database for which a change waits': {
    given: [withInstance({ publiclyAccessible: true, pending: ['EngineVersion'] })],
    obstacle: 'disruptive',
    says: /takes along what waits for the maintenance window \(EngineVersion\)/,
  },
  'a database that RDS is at work on': {
    given: [withInstance({ publiclyAccessible: true, status: 'backing-up' })],
    obstacle: 'busy',
    says: /backing-up/,
  },
  'an instance of a Multi-AZ cluster': {
    given: [withInstance({ publiclyAccessible: true, cluster: 'orders' })],
    obstacle: 'in-place',
    says: /Multi-AZ cluster orders/,
  },
  'the groups of an Aurora instance': {
    given: [otherGroup(), withInstance({ engine: 'aurora-postgresql', cluster: 'orders' })],
    obstacle: 'no-mend',
    says: /aws rds modify-db-cluster --db-cluster-identifier orders/,
  },
  'a group by which alone others reach the database': {
    given: [otherGroup(rule('sgr-0new', GROUP.lambda, 'egress tcp 5432 sg-0aaa'))],
    obstacle: 'would-cut-flow',
    says: /may rest on sgr-0new of sg-01a4/,
    unless: { allowDisruptive: true },
  },
  'a group by which the caller comes in': {
    given: [otherGroup(rule('sgr-0new', 'sg-0aaa', 'ingress tcp 443 203.0.113.0/24'))],
    obstacle: 'would-lock-out',
    says: /tcp 443 to 203\.0\.113\.9/,
    unless: { allowDisruptive: true },
  },
  'a default parameter group': {
    given: [
      withInstance({ parameterGroups: [{ name: 'default.postgres14', status: 'in-sync' }] }),
      facts => {
        facts['rds.parameterGroups'] = [{ of: 'instance', name: 'default.postgres14', forceTls: known('0') }];
      },
    ],
    obstacle: 'in-place',
    says: /A default parameter group cannot be changed: give shop a group of its own/,
  },
  'a parameter that is set and not in force': {
    given: [withInstance({ parameterGroups: [{ name: 'shop-16', status: 'pending-reboot' }] })],
    obstacle: 'disruptive',
    says: /not in force in shop yet: reboot it first/,
  },
  'an engine without the parameter': {
    given: [
      facts => {
        facts['rds.parameterGroups'] = [{ of: 'instance', name: 'shop-16', forceTls: known(null) }];
      },
    ],
    obstacle: 'no-mend',
    says: /has no rds\.force_ssl/,
  },
};

const callerAddress = '203.0.113.9';
/** A case about groups is a case for the mends of groups as well. */
const isAbout = (mend: Mend) => !mend.id.startsWith('sg-');

test.each(Object.entries(guards))(
  '%s is left alone, and the plan says why',
  (_, { given, obstacle, says }) => {
    const plan = planForShop(drifted(...given), { callerAddress });
    const own = plan.leftAlone.filter(
      item => item.obstacle === obstacle && item.for.every(({ control }) => /^(s3|ebs|rds)\//.test(control)),
    );
    expect(own.map(({ detail }) => detail)).toEqual([expect.stringMatching(says)]);
  },
);

test.each(Object.entries(guards).filter(([, { unless }]) => unless !== undefined))(
  '%s is mended where the user says so',
  (_, { given, unless }) => {
    const plan = planForShop(drifted(...given), { callerAddress, ...unless });
    expect(plan.mends.filter(isAbout)).toHaveLength(1);
  },
);

test('the runbook of a default parameter group names its family and its databases', () => {
  const plan = planForShop(drifted(...(guards['a default parameter group']?.given ?? [])));
  const lines = plan.leftAlone.flatMap(({ runbook = [] }) => runbook).join('\n');
  expect(lines).toMatch(/create-db-parameter-group .*--db-parameter-group-family postgres14 /);
  expect(lines).toMatch(/reboot-db-instance --db-instance-identifier shop /);
});

test('what a finding has a runbook for is left alone with it', () => {
  const plan = planForShop(drifted(withInstance({ storageEncrypted: false })));
  const [left] = plan.leftAlone;
  expect(left).toMatchObject({ obstacle: 'in-place', resource: { id: 'shop' } });
  expect(left?.runbook?.join('\n')).toContain('copy-db-snapshot');
});

const mendsOf = (facts: Facts) => planForShop(facts).mends;

test('a bucket is closed once its policy is written, and the account once all policies are', () => {
  const facts = drifted(
    withBucket({ publicAccessBlock: known(null), policy: known(policy(everyone)) }),
    given => {
      given['s3.accountPublicAccessBlock'] = publicAccess(false);
    },
  );
  const order = mendsOf(facts).map(({ id, changes }) => [id, changes[0]?.dependsOn]);
  expect(order).toEqual([
    ['s3/shop/policy', []],
    ['s3/shop/public-access', ['s3/shop/policy']],
    ['s3/account', ['s3/shop/policy']],
  ]);
});

describe('who loses what is said before they do', () => {
  const openAccount: Change = facts => {
    facts['s3.accountPublicAccessBlock'] = publicAccess(false);
  };
  const grants: Change = facts => {
    facts['s3.publicGrants'] = [{ bucket: 'shop', grants: known(['READ to everyone']) }];
  };
  const closed = withBucket({ publicAccessBlock: known(null) });
  const cases: Record<string, { given: Change[]; mend: string; says: string }> = {
    'by the policy and the ACL of a bucket': {
      given: [open, openAccount, grants],
      mend: 's3/shop/public-access',
      says: 'by its policy (Site) and by its ACL (READ to everyone)',
    },
    'by the other accounts of a public policy': {
      given: [open, openAccount],
      mend: 's3/shop/public-access',
      says: 'keeps out other accounts too',
    },
    'when nobody does': {
      given: [closed, openAccount],
      mend: 's3/shop/public-access',
      says: 'Neither its policy nor its ACL lets anyone in',
    },
    'when the account closes it already': {
      given: [closed],
      mend: 's3/shop/public-access',
      says: "the account's own settings hold the same already",
    },
    'in all the account': {
      given: [open, openAccount],
      mend: 's3/account',
      says: 'shop by its policy (Site)',
    },
    'with a snapshot of a database': {
      given: [sharedSnapshot({})],
      mend: 'instance-snapshot-shop-1',
      says: 'by everyone',
    },
    'with clients that know no TLS': {
      given: [takesPlain],
      mend: 'force-tls',
      says: 'connect to shop without TLS',
    },
    'with plain HTTP': { given: [noTls], mend: 's3/shop/policy', says: 'a website endpoint of the bucket' },
    'with a snapshot of a volume': {
      given: [
        facts => {
          facts['ebs.snapshotSharing'] = [{ snapshot: 'snap-0a', accounts: known(['999999999999']) }];
        },
      ],
      mend: 'snap-0a',
      says: 'No volume can be made of it any more by account 999999999999; what was copied stays copied.',
    },
    'with an undo that AWS would refuse': {
      given: [publicVolume({})],
      mend: 'snap-0a',
      says: 'an undo could not share it again',
    },
  };

  test.each(Object.entries(cases))('%s', (_, { given, mend, says }) => {
    const found = mendsOf(drifted(...given)).filter(({ id }) => id.includes(mend));
    expect(found.map(({ risk, disruption }) => ({ risk, disruption }))).toEqual([
      { risk: 'review', disruption: expect.stringContaining(says) },
    ]);
  });
});

test('a default encryption without KMS costs nothing and disturbs nobody', () => {
  const [mend, ...others] = mendsOf(
    drifted(withBucket({ tags: known({}), encryption: known(null), blockedEncryption: known(['SSE-C']) })),
  );
  expect(others).toEqual([]);
  expect(mend).toMatchObject({ risk: 'safe' });
  expect(mend).not.toHaveProperty('cost');
  expect(mend?.changes[0]?.call.input).toMatchObject({
    ExpectedBucketOwner: OWNER,
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        },
      ],
    },
  });
});

test('a bucket key is turned on under the key that is there, and the plan names what KMS charges', () => {
  const own = bucket('shop').encryption;
  const key = own.kind === 'known' ? own.value?.key : undefined;
  const [mend] = mendsOf(
    drifted(withBucket({ encryption: known({ algorithm: 'aws:kms', key: key ?? '', bucketKey: false }) })),
  );
  expect(mend).toMatchObject({ risk: 'review', cost: expect.stringContaining('KMS charges') });
  expect(mend?.changes[0]?.edit).toEqual({ kind: 'set', fields: { bucketKey: { from: false, to: true } } });
});

test('a public database with a group too many is changed in one call, at once', () => {
  const [mend, ...others] = mendsOf(
    drifted(
      otherGroup(rule('sgr-0new', 'sg-0aaa', 'ingress tcp 5432 0.0.0.0/0')),
      withInstance({ publiclyAccessible: true }),
    ),
  ).filter(isAbout);
  expect(others).toEqual([]);
  expect(mend?.for.map(({ control }) => control)).toEqual(['rds/public-access', 'rds/security-groups']);
  expect(mend?.changes.map(({ call }) => call.input)).toEqual([
    {
      DBInstanceIdentifier: 'shop',
      PubliclyAccessible: false,
      VpcSecurityGroupIds: [GROUP.rds],
      ApplyImmediately: true,
    },
  ]);
  expect(mend?.changes[0]?.effect).toEqual({
    kind: 'narrows',
    opens: [],
    closes: ['tcp 5432 from 0.0.0.0/0'],
  });
});

describe('what is accepted of one resource is not mended by way of another:', () => {
  const openAccount: Change = facts => {
    facts['s3.accountPublicAccessBlock'] = publicAccess(false);
  };
  const twin: Change = facts => {
    const copies = facts['rds.dbInstances'].map(one => ({ ...one, id: 'twin', arn: `${one.arn}-twin` }));
    facts['rds.dbInstances'] = [...facts['rds.dbInstances'], ...copies];
  };
  const cases: Record<string, { given: Change[]; accepted: string; resource: string; left: string[] }> = {
    'a public bucket stays open, in the account too': {
      given: [open, openAccount],
      accepted: 's3/public-policy',
      resource: 'arn:aws:s3:::shop',
      left: ['s3/bucket-public-access-block', 's3/account-public-access-block'],
    },
    'a bucket that its ACL opens stays open, in the account too': {
      given: [
        withBucket({ publicAccessBlock: known(null) }),
        openAccount,
        facts => {
          facts['s3.publicGrants'] = [{ bucket: 'shop', grants: known(['READ to everyone']) }];
        },
      ],
      accepted: 's3/public-acl',
      resource: 'arn:aws:s3:::shop',
      left: ['s3/bucket-public-access-block', 's3/account-public-access-block'],
    },
    'a database without TLS keeps its group, whoever shares it': {
      given: [takesPlain, twin],
      accepted: 'rds/force-tls',
      resource: `arn:aws:rds:${REGION}:${OWNER}:db:shop-twin`,
      left: ['rds/force-tls'],
    },
  };

  test.each(Object.entries(cases))('%s', (_, { given, accepted: control, resource, left }) => {
    const about = { id: 'known', reason: 'a test', owner: 'shop', expires: '9999-12-31' };
    const suppressions = [Suppression.parse({ ...about, control, resource })];
    const baseline = { ...shippedBaseline, suppressions };
    const wanted = ({ control: of }: { control: string }) => /^(s3|rds)\//.test(of);
    const plan = planFor(snapshotOfShop(drifted(...given)), {}, wanted, baseline);
    expect(plan.mends).toEqual([]);
    const told = plan.leftAlone.filter(({ obstacle }) => obstacle === 'suppressed');
    expect(told.flatMap(item => item.for.map(cause => cause.control))).toEqual(left);
  });
});
