import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { need } from '../../src/model/fact.ts';
import { Region } from '../../src/model/identifiers.ts';
import { type Answer, caller, startStub } from './stub.ts';
import { take } from './taking.ts';

const home = Region.parse('eu-west-1');
let stop = async () => {};

afterEach(async () => {
  vi.unstubAllEnvs();
  await stop();
});

async function stub(answer: (parameters: URLSearchParams) => Answer): Promise<void> {
  const started = await startStub(answer);
  stop = started.stop;
  for (const [name, value] of Object.entries(started.env)) vi.stubEnv(name, value);
}

const rule = (id: string) => `<item>
  <securityGroupRuleId>${id}</securityGroupRuleId><groupId>sg-1</groupId><isEgress>false</isEgress>
  <ipProtocol>-1</ipProtocol><fromPort>-1</fromPort><toPort>-1</toPort><cidrIpv6>::/0</cidrIpv6>
</item>`;

const page = (rules: string[], token: string): Answer => ({
  body: `<DescribeSecurityGroupRulesResponse>
    <securityGroupRuleSet>${rules.map(rule).join('')}</securityGroupRuleSet>${token}
  </DescribeSecurityGroupRulesResponse>`,
});

const throttled: Answer = {
  status: 503,
  body: '<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors></Response>',
};

test('a page may be throttled or empty, and the last may have an empty token', async () => {
  const pages = new Map<string | null, Answer[]>([
    [null, [page(['sgr-2', 'sgr-3'], '<nextToken>second</nextToken>')]],
    ['second', [page([], '<nextToken>third</nextToken>')]],
    ['third', [page(['sgr-1'], '<nextToken></nextToken>'), throttled]],
  ]);
  const asked: (string | null)[][] = [];
  await stub(parameters => {
    if (parameters.get('Action') === 'GetCallerIdentity') return caller;
    const token = parameters.get('NextToken');
    asked.push([token, parameters.get('MaxResults')]);
    return pages.get(token)?.pop();
  });
  const snapshot = await take({ facts: ['ec2.securityGroupRules'] });
  const rules = need(snapshot.regions[home]?.['ec2.securityGroupRules'] ?? notRead);
  expect(rules.map(({ id }) => id)).toEqual(['sgr-1', 'sgr-2', 'sgr-3']);
  expect(rules[0]).toEqual({
    id: 'sgr-1',
    group: 'sg-1',
    direction: 'ingress',
    protocol: '-1',
    from: -1,
    to: -1,
    peer: { kind: 'ipv6', cidr: '::/0' },
  });
  expect(asked).toEqual([
    [null, '1000'],
    ['second', '1000'],
    ['third', '1000'],
    ['third', '1000'],
  ]);
  expect(snapshot.calls).toEqual({ made: 5, throttled: 1 });
  expect(need(snapshot.account).partition).toBe('aws-cn');
});

const notRead = { kind: 'unknown', reason: { kind: 'not-read', call: 'none' } } as const;

test.each([
  {
    name: 'a field that AWS always gives',
    body: page(['sgr-1'], '')?.body.replace(/<groupId>.*<\/groupId>/, ''),
  },
  {
    name: 'a peer that is of a known kind',
    body: page(['sgr-1'], '')?.body.replaceAll('cidrIpv6', 'cidrIpv7'),
  },
])('an answer without $name is unknown, not empty', async ({ body = '' }) => {
  await stub(parameters => (parameters.get('Action') === 'GetCallerIdentity' ? caller : { body }));
  const snapshot = await take({ facts: ['ec2.securityGroupRules'] });
  expect(snapshot.regions[home]?.['ec2.securityGroupRules']).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'failed', call: 'ec2:DescribeSecurityGroupRules', error: { code: 'MissingField' } },
  });
});

describe('the services of ECS', () => {
  const arn = (n: number) => `arn:aws:ecs:eu-west-1:123456789012:service/shop/s${String(n).padStart(2, '0')}`;
  const arns = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => arn(from + n));
  const Request = z.object({ services: z.array(z.string()) });

  /** Twelve services on a page and one on the next; `failed` of them cannot be described. */
  function ecs(failed: { arn: string; reason: string }, asked: number[]) {
    return (parameters: URLSearchParams): Answer => {
      const say = (value: unknown): Answer => ({ body: JSON.stringify(value) });
      const json: unknown = JSON.parse(parameters.get('Json') ?? '{}');
      switch (parameters.get('Action') ?? '') {
        case 'ListClusters':
          return say({ clusterArns: ['arn:aws:ecs:eu-west-1:123456789012:cluster/shop'] });
        case 'ListServices': {
          const isSecond = JSON.stringify(json).includes('"nextToken"');
          return say(isSecond ? { serviceArns: arns(12, 13) } : { serviceArns: arns(0, 12), nextToken: '2' });
        }
        case 'DescribeServices': {
          const { services } = Request.parse(json);
          asked.push(services.length);
          const found = services.filter(service => service !== failed.arn);
          return say({
            services: found.map(serviceArn => ({
              serviceArn,
              serviceName: 's',
              clusterArn: 'c',
              status: 'ACTIVE',
            })),
            failures: found.length < services.length ? [failed] : [],
          });
        }
        default:
          return caller;
      }
    };
  }

  test('are described by tens; one that is gone meanwhile is none', async () => {
    const asked: number[] = [];
    await stub(ecs({ arn: arn(5), reason: 'MISSING' }, asked));
    const { regions } = await take({ facts: ['ecs.services'] });
    const services = need(regions[home]?.['ecs.services'] ?? notRead);
    expect(services.map(service => service.arn)).toEqual(arns(0, 13).filter(name => name !== arn(5)));
    expect(asked.sort((a, b) => b - a)).toEqual([10, 2, 1]);
  });

  test('are unknown where one cannot be described', async () => {
    await stub(ecs({ arn: arn(5), reason: 'ACCESS_DENIED' }, []));
    const { regions } = await take({ facts: ['ecs.services'] });
    expect(regions[home]?.['ecs.services']).toMatchObject({
      kind: 'unknown',
      reason: { kind: 'failed', error: { message: `ECS did not describe ${arn(5)}: ACCESS_DENIED.` } },
    });
  });
});

test('a page in HTML in place of an answer is unsupported', async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  await stub(parameters =>
    parameters.get('Action') === 'GetCallerIdentity'
      ? caller
      : { status: 500, body: '<!doctype html><html><body>Internal Server Error</body></html>' },
  );
  const snapshot = await take({ facts: ['ec2.vpcs'] });
  expect(snapshot.regions[home]?.['ec2.vpcs']).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'unsupported', call: 'ec2:DescribeVpcs' },
  });
});

test.each([
  { name: 'before the first call', silent: 'GetCallerIdentity', calls: 0, abortAt: 0 },
  { name: 'while it is found out who asks', silent: 'GetCallerIdentity', calls: 1, abortAt: 1 },
  { name: 'while facts are read', silent: 'DescribeVpcs', calls: 2, abortAt: 2 },
])(
  'the user interrupts $name: the calls under way end, and none follows',
  async ({ silent, calls, abortAt }) => {
    const interrupt = new AbortController();
    const asked: (string | null)[] = [];
    const reason = new Error('interrupted');
    if (abortAt === 0) interrupt.abort(reason);
    await stub(parameters => {
      asked.push(parameters.get('Action'));
      if (asked.length === abortAt) interrupt.abort(reason);
      return parameters.get('Action') === silent ? undefined : caller;
    });
    await expect(take({ facts: ['ec2.vpcs'] }, { signal: interrupt.signal })).rejects.toBe(reason);
    expect(asked).toHaveLength(calls);
  },
);
