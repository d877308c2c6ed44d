import { expect, test } from 'vitest';
import { reportOf } from '../../../test/builders/report.ts';
import { denied } from '../../../test/builders/snapshot.ts';
import { ReachComparison } from '../../model/reach-comparison.ts';
import { lookOf } from '../look.ts';
import { reach } from './reach.ts';

const link = (ends: string, both: string[], more: string[] = [], less: string[] = []) => {
  const [from, to, family = 'ipv4'] = ends.split(' ');
  return { from, to, family, both, more, less };
};

const drawn = (links: unknown, width = 80): string => {
  const parties = ['internet', 'alb', 'rds', 's3', 'tgw-1'];
  const one = ReachComparison.parse({ region: 'eu-west-1', vpc: 'vpc-1', parties, links });
  const look = lookOf({ width, colors: 0, unicode: true, all: false });
  return reach(reportOf([], [], [], [], [one]), look).join('\n');
};

const drifted = {
  kind: 'known',
  value: [
    link('alb rds', [], ['tcp 5432']),
    link('internet alb', ['tcp 80'], ['tcp 22', 'udp 53'], ['tcp 443']),
    link('internet alb ipv6', ['tcp 80']),
    link('rds s3', ['tcp 443']),
    link('rds s3 ipv6', ['tcp 443']),
  ],
};

test('what is more and less than in the baseline is marked; the other family is told where it differs', () => {
  expect(drawn(drifted)).toBe(`\
Who reaches whom in vpc-1 (eu-west-1)
  from → to  alb          rds    s3
  internet   80           ·      ·
             +22; udp 53
             -443
             80 IPv6
  alb        ·            +5432  ·
  rds        ·            ·      443
  tcp unless it says otherwise; + more than in the baseline, - less`);
});

test('a narrow terminal has a list', () => {
  expect(drawn(drifted, 30)).toBe(`\
Who reaches whom in vpc-1 (eu-west-1)
  alb → rds  +5432
  internet → alb  80
  internet → alb  +22; udp 53
  internet → alb  -443
  internet → alb  80 IPv6
  rds → s3  443
  tcp unless it says otherwise; + more than in the baseline, - less`);
});

test.each([
  [
    { kind: 'known', value: [link('tgw-1 alb', ['tcp 443'])] },
    `\
  from → to  alb
  alb        ·
  rds        ·
  tgw-1      443
  tcp unless it says otherwise; as in the baseline`,
  ],
  [
    { kind: 'known', value: [] },
    `\
  nobody reaches anybody
  tcp unless it says otherwise; as in the baseline`,
  ],
  [
    { kind: 'unknown', reason: denied('ec2:DescribeNetworkAcls') },
    `\
  not known: ec2:DescribeNetworkAcls was denied (AccessDenied)`,
  ],
])('%#', (links, lines) => {
  expect(drawn(links)).toBe(`Who reaches whom in vpc-1 (eu-west-1)\n${lines}`);
});
