import { describe, expect, test } from 'vitest';
import { Need, Obstacle, Remark } from '../../model/baseline-check.ts';
import { needInWords, obstacleInWords, remarkInWords } from './words.ts';

const signs = { arrow: '→' };
const connection = {
  family: 'ipv4',
  protocol: 'tcp',
  client: '10.0.0.4',
  clientPort: 50000,
  server: '10.0.16.4',
  port: 22,
};

describe('an obstacle', () => {
  const list = { kind: 'network-acl', tier: 'public', direction: 'inbound' };
  test.each([
    [
      { kind: 'no-route', from: 'backend', to: 's3' },
      'no route leads from backend to s3: add an endpoint, or egress: nat',
    ],
    [
      { kind: 'list', list, leg: 'reply', connection, rows: ['rest'], unnamed: true },
      'reply at public inbound (NACL): row rest denies it, no row allows it',
    ],
  ])('%o', (given, words) => {
    expect(obstacleInWords(Obstacle.parse(given))).toBe(words);
  });
});

describe('a need', () => {
  const passage = { from: 'alb', to: 'rds', connection };
  test.each([
    [{ kind: 'closes', ...passage }, 'without it alb → rds (10.0.0.4:50000 → 10.0.16.4 tcp 22) passes'],
    [{ kind: 'contradicted', by: ['rest'] }, 'never decides: rest comes first and says otherwise'],
    [{ kind: 'covered', by: ['web'] }, 'changes nothing beside web'],
    [{ kind: 'dead', stoppedBy: [], misses: [] }, 'no connection ever uses it'],
    [
      { kind: 'assertion-broken', packets: ['tcp 22 from 0.0.0.0/0'], rows: ['ssh'] },
      'does not hold: ssh allows tcp 22 from 0.0.0.0/0',
    ],
  ])('%o', (given, words) => {
    expect(needInWords(Need.parse(given), signs)).toBe(words);
  });
});

test('a quota says what it is of, and how far it is used', () => {
  const remark = Remark.parse({
    kind: 'quota',
    level: 'defect',
    quota: 'rules-per-group',
    of: 'backend egress',
    family: 'ipv4',
    used: 61,
    limit: 60,
  });
  expect(remarkInWords(remark, signs)).toBe(
    'backend egress (ipv4): 61 of the 60 rules in a security group that AWS allows by default',
  );
});
