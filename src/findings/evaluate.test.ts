import { describe, expect, test } from 'vitest';
import { OWNER, REGION, shop, VPC } from '../../test/builders/shop.ts';
import { denied, shippedBaseline, snapshotOfShop } from '../../test/builders/snapshot.ts';
import { need } from '../model/fact.ts';
import { type Control, defineControl, type Outcome } from './control.ts';
import { evaluate } from './evaluate.ts';

const resource = { type: 'AWS::EC2::VPC', arn: `arn:aws:ec2:${REGION}:${OWNER}:vpc/${VPC}`, id: VPC };

const control = (evaluate: Extract<Control, { scope: 'region' }>['evaluate'], id = 'test/control'): Control =>
  defineControl({
    id,
    title: 'A control',
    severity: 'low',
    rationale: '',
    remediation: '',
    sources: [],
    frameworks: {},
    needs: ['ec2.vpcs'],
    messages: { plain: 'It is so.', count: '{count} of them.' },
    scope: 'region',
    evaluate,
  });

const run = (catalogue: readonly Control[], controls?: readonly string[]) =>
  evaluate(catalogue, snapshotOfShop(shop()), shippedBaseline, { controls, digest: text => `#${text}` });

describe('what a control says', () => {
  test('becomes a finding with its words, its place and an id that is a digest of where it stands', () => {
    const outcome: Outcome = {
      status: 'fail',
      resource,
      key: 'one',
      severity: 'high',
      message: 'count',
      data: { count: 2 },
      blame: ['sgr-1'],
    };
    expect(run([control(() => [outcome])]).findings).toEqual([
      {
        id: `#["${OWNER}","${REGION}","${resource.arn}","test/control","one"]`,
        control: 'test/control',
        severity: 'high',
        status: 'fail',
        account: OWNER,
        region: REGION,
        resource,
        key: 'one',
        message: '2 of them.',
        blame: ['sgr-1'],
      },
    ]);
  });

  test('is in the order of controls, resources and keys, whatever the order in which it is said', () => {
    const pass = (key: string): Outcome => ({ status: 'pass', resource, key, message: 'plain' });
    const both = [control(() => [pass('b'), pass('a')], 'test/z'), control(() => [pass('c')], 'test/a')];
    expect(run(both).findings.map(({ control, key }) => `${control} ${key}`)).toEqual([
      'test/a c',
      'test/z a',
      'test/z b',
    ]);
  });

  test('is nothing, and so not applicable', () => {
    expect(run([control(() => [])]).findings).toMatchObject([
      {
        status: 'not-applicable',
        resource: { id: REGION },
        message: `Nothing in ${REGION} is subject to this control.`,
      },
    ]);
  });

  test('is unknown, with the reason, where it cannot go on', () => {
    const reason = denied('ec2:DescribeVpcs');
    const blind = control(function* () {
      yield { status: 'pass', resource, message: 'plain' };
      need({ kind: 'unknown', reason });
    });
    expect(run([blind]).findings).toMatchObject([{ status: 'unknown', resource: { id: REGION }, reason }]);
  });
});

test('a fact that nobody read is unknown for that reason', () => {
  const snapshot = { ...snapshotOfShop(shop()), regions: { [REGION]: {} } };
  const reads = control(({ value }) =>
    value('ec2.vpcs').map(() => ({ status: 'pass', resource, message: 'plain' })),
  );
  expect(evaluate([reads], snapshot, shippedBaseline, { digest: text => text }).findings).toMatchObject([
    { status: 'unknown', reason: { kind: 'not-read', call: 'ec2.vpcs' } },
  ]);
});

const bugs: [string, Control, string][] = [
  [
    'a fact that is not declared',
    control(({ value }) => value('ec2.subnets').map(() => ({ status: 'pass', resource, message: 'plain' }))),
    'test/control does not declare ec2.subnets in its needs',
  ],
  [
    'two findings of one id',
    control(() => ['a', 'b'].map(() => ({ status: 'pass', resource, message: 'plain' }))),
    "with the key ''",
  ],
  [
    'a message without a value',
    control(() => [{ status: 'pass', resource, message: 'count' }]),
    'was given no count',
  ],
  [
    'a value without a place',
    control(() => [{ status: 'pass', resource, message: 'plain', data: { count: 1 } }]),
    'has no place for count',
  ],
  [
    'a message that it does not have',
    control(() => [{ status: 'pass', resource, message: 'other' }]),
    'has no message named other',
  ],
];

test.each(bugs)('%s is a bug, and not a finding', (_, control, message) => {
  expect(() => run([control])).toThrow(message);
});

const globs: [string, string[]][] = [
  ['vpc/tiers', ['vpc/tiers']],
  ['vpc/*', ['vpc/present', 'vpc/tiers']],
  ['*-ingress', ['security-group/alb-ingress']],
  ['*/*s*', ['security-group/alb-ingress', 'vpc/present', 'vpc/tiers']],
  ['*', ['security-group/alb-ingress', 'vpc/present', 'vpc/tiers']],
  ['vpc/tier', []],
  ['vpc/t*rs*s', []],
  ['VPC/*', []],
];

test.each(globs)('--control %s selects %j', (glob, selected) => {
  const ids = ['security-group/alb-ingress', 'vpc/present', 'vpc/tiers'];
  const result = run(
    ids.map(id => control(() => [], id)),
    [glob],
  );
  expect([...result.selected]).toEqual(selected);
  expect(result.findings.map(({ control }) => control)).toEqual(selected);
});

test('where nobody knows whose account it is, the Region tells the partition', () => {
  const china = 'cn-north-1';
  const snapshot = snapshotOfShop(shop());
  const facts = snapshot.regions;
  const regions = Object.fromEntries(Object.values(facts).map(one => [china, one]));
  const account = { kind: 'unknown' as const, reason: denied('sts:GetCallerIdentity') };
  const named = control(({ arnOf }) => [
    { status: 'pass', resource: { ...resource, arn: arnOf('ec2', OWNER, VPC) }, message: 'plain' },
  ]);
  const { findings } = evaluate([named], { ...snapshot, regions, account }, shippedBaseline, {
    digest: text => text,
  });
  expect(findings).toMatchObject([
    { resource: { arn: `arn:aws-cn:ec2:${china}:${OWNER}:${VPC}` }, region: china },
  ]);
  expect(findings[0]?.account).toBeUndefined();
});
