import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SecureCartError } from '../model/error.ts';
import { readBaseline, readBaselineFile } from './read.ts';

const shipped = readFileSync('securecart-baseline.yaml', 'utf8');

/** The problems of a text as `line:column message (suggestion)`. */
function problemsOf(text: string): string[] {
  try {
    readBaseline(text, 'b.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof SecureCartError)) throw error;
    return error.problems.map(
      ({ line, column, message, suggestion }) =>
        `${line}:${column} ${message} (${suggestion ?? 'no suggestion'})`,
    );
  }
}

/** The text without its marks, and the `line:column` of what follows each. */
function unmark(marked: string): { text: string; spots: string[] } {
  const spots = marked
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/«/g)].map((mark, before) => `${index + 1}:${mark.index + 1 - before}`),
    );
  return { text: marked.replaceAll('«', ''), spots };
}

test('the shipped baseline is sound', () => {
  expect(readBaseline(shipped, 'securecart-baseline.yaml').version).toBe(1);
});

test('each row is at the line of its id', () => {
  const { lines } = readBaselineFile(shipped, 'securecart-baseline.yaml');
  const found = [...lines].map(([id, line]) => [id, shipped.split('\n')[line - 1]?.trim()]);
  expect(found.filter(([id, text]) => !text?.match(/^(?:- )?id: (\S+)$/)?.includes(id ?? ''))).toEqual([]);
  expect(lines.has('rds-in-internet')).toBe(true);
});

/** An edit of the shipped baseline: its first `replace` becomes `by`, where « marks what the problem is reported for. */
const slips: [name: string, replace: string, by: string, problem: string][] = [
  [
    'a CIDR with host bits',
    'cidr: 10.0.16.0/20',
    'cidr: «10.0.17.0/20',
    '`10.0.17.0/20` has bits set beyond its prefix (did you mean `10.0.16.0/20`?)',
  ],
  [
    'a CIDR that is none',
    'cidr: 10.0.0.0/16',
    'cidr: «10.0/16',
    '`10.0/16` is not a CIDR (write it like 10.0.0.0/16)',
  ],
  [
    'a CIDR written otherwise than AWS prints it',
    'peer: { network: internet }',
    'peer: { cidr: «2001:DB8::/32 }',
    '`2001:DB8::/32` is not in its canonical form (write `2001:db8::/32`)',
  ],
  [
    'an IPv6 VPC',
    'cidr: 10.0.0.0/16',
    'cidr: «2001:db8::/32',
    'the VPC (2001:db8::/32) is not IPv4 (lay the tiers out in IPv4)',
  ],
  [
    'a tier outside the VPC',
    'cidr: 10.0.32.0/20\n      internetRoute: false\n      subnets:\n        - { cidr: 10.0.32.0/24, zone: a }\n        - { cidr: 10.0.33.0/24, zone: b }',
    'cidr: «10.1.32.0/20\n      internetRoute: false\n      subnets:\n        - { cidr: 10.1.32.0/24, zone: a }',
    'tier database (10.1.32.0/20) is outside the VPC (10.0.0.0/16) (choose addresses of 10.0.0.0/16)',
  ],
  [
    'tiers that overlap',
    'cidr: 10.0.16.0/20\n',
    'cidr: «10.0.0.0/19\n',
    'tier private (10.0.0.0/19) overlaps tier public (10.0.0.0/20) (give each its own addresses)',
  ],
  [
    'a subnet outside its tier',
    'cidr: 10.0.33.0/24',
    'cidr: «10.0.48.0/24',
    'a subnet (10.0.48.0/24) is outside tier database (10.0.32.0/20) (choose addresses of 10.0.32.0/20)',
  ],
  [
    'subnets that overlap',
    'cidr: 10.0.33.0/24',
    'cidr: «10.0.32.128/25',
    'a subnet (10.0.32.128/25) overlaps a subnet (10.0.32.0/24) (give each its own addresses)',
  ],
  [
    'a zone given twice',
    'cidr: 10.0.33.0/24, zone: b',
    'cidr: 10.0.33.0/24, zone: «a',
    'zone `a` has a subnet of this tier already (give each subnet of a tier its own zone)',
  ],
  ['a port too high', 'ports: [80, 443]', 'ports: [80, «70000]', '`ports` has `70000` (65535 is the most)'],
  ['a port too low', 'ports: [80, 443]', 'ports: [80, «-1]', '`ports` has `-1` (0 is the least)'],
  [
    'a range of ports too high',
    'ports: [80, 443]',
    'ports: [«1024-65536]',
    '`ports` has `1024-65536` (a port is at most 65535)',
  ],
  [
    'a range of ports the wrong way round',
    'ports: [80, 443]',
    'ports: [«443-80]',
    '`ports` has `443-80` (a port range runs from the lower port to the higher)',
  ],
  [
    'a port that is a word',
    'ports: [80, 443]',
    'ports: [«http]',
    '`ports` has `http` (a port range is written like 1024-65535)',
  ],
  ['no port', 'ports: [80, 443]', 'ports: «[]', '`ports` is `[]` (it must not be empty)'],
  ['ports that are no list', 'ports: [80, 443]', 'ports: «80', '`ports` is `80` (write a list)'],
  [
    'tcp without ports',
    'protocol: tcp\n      ports: [80, 443]',
    'protocol: «tcp',
    'protocol `tcp` without `ports` (for every port write `ports: [0-65535]`)',
  ],
  [
    'ports without a protocol that has them',
    'protocol: all\n',
    'protocol: all\n      «ports: [80]\n',
    '`ports` beside protocol `all`, which has none (remove `ports`, or write `protocol: tcp`)',
  ],
  [
    'an unknown component',
    'peer: { component: backend }',
    'peer: { component: «bakend }',
    'unknown component `bakend` (did you mean `backend`?)',
  ],
  [
    'an unknown component that is near none',
    'peer: { component: backend }',
    'peer: { component: «queue }',
    'unknown component `queue` (one of `alb`, `backend`, `rds`, `lambda`, `endpoints`)',
  ],
  [
    'an unknown component in a list',
    'except: [backend]',
    'except: [«bakend]',
    '`except` has `bakend` (did you mean `backend`?)',
  ],
  ['two letters swapped', 'protocol: tcp', 'protocol: «tpc', 'unknown protocol `tpc` (did you mean `tcp`?)'],
  [
    'a peer of no known kind',
    'peer: { component: backend }',
    'peer: { «componnt: backend }',
    'unknown key `componnt` (did you mean `component`?)',
  ],
  [
    'a peer of two kinds',
    'peer: { component: backend }',
    'peer: «{ component: alb, tier: public }',
    '`peer` is `{"component":"alb","tier":"public"}` (give it one key: cidr, network, tier, component, service)',
  ],
  [
    'a peer of no kind',
    'peer: { component: backend }',
    'peer: «{}',
    '`peer` is `{}` (give it one key: cidr, network, tier, component, service)',
  ],
  [
    'a peer that is a word',
    'peer: { component: backend }',
    'peer: «backend',
    '`peer` is `backend` (give it one key: cidr, network, tier, component, service)',
  ],
  [
    'a NACL row with a security group',
    'peer: { tier: public }',
    'peer: { «component: alb }',
    'unknown key `component` (one of `cidr`, `network`, `tier`)',
  ],
  [
    'a number that another row takes with its second port',
    'number: 105',
    'number: «101',
    'entry 101 of public inbound is taken by the row numbered 100 (choose a free number)',
  ],
  [
    'a number that is reached with the second port',
    'number: 211\n      action: allow\n      protocol: tcp\n      ports: [443]',
    'number: «199\n      action: allow\n      protocol: tcp\n      ports: [443, 444]',
    'entry 200 of private inbound is taken by the row numbered 200; this row comes to it with item 2 of its ports (choose a free number)',
  ],
  [
    'a number given twice',
    'number: 215',
    'number: «212',
    'entry 212 of private inbound is taken by the row numbered 212 (choose a free number)',
  ],
  ['a number that AWS keeps', 'number: 105', 'number: «32767', '`number` is `32767` (32766 is the most)'],
  [
    'a number that AWS keeps for its own, reached with the second port',
    'number: 105\n      action: allow\n      protocol: tcp\n      ports: [1024-65535]',
    'number: «32766\n      action: allow\n      protocol: tcp\n      ports: [80, 443]',
    'entry 32767 of public inbound is taken by AWS; this row comes to it with item 2 of its ports (choose a free number)',
  ],
  [
    'a number that is taken once rows are read literally',
    'number: 210',
    'number: «200',
    'entry 200 of private inbound is taken by the row numbered 200 (choose a free number)',
  ],
  [
    'an id given twice',
    'id: alb-out-vpc',
    'id: «alb-in-web',
    'the id `alb-in-web` is given twice (give each its own)',
  ],
  [
    'an id in another case',
    'id: alb-out-vpc',
    'id: «Alb_out',
    '`id` is `Alb_out` (an id is written in kebab-case)',
  ],
  [
    'a row for an unknown flow',
    'for: [alb-to-backend]',
    'for: [«alb-to-bakend]',
    'there is no flow `alb-to-bakend` (did you mean `alb-to-backend`?)',
  ],
  [
    'a derived row for no flow',
    'origin: derived\n      because: Row 110 drops them.\n      for: [alb-to-backend]',
    '«origin: derived\n      because: Row 110 drops them.',
    'origin `derived` without `for` (name the flows that need it, such as `for: [backend-to-rds]`)',
  ],
  [
    'a derived row without a reason',
    'origin: derived\n      because: Row 110 drops them.',
    '«origin: derived',
    'origin `derived` without `because` (say in a sentence why it is needed)',
  ],
  [
    "a row of the document without the document's words",
    'origin: document\n  document:\n    - VPC Architecture & Segmentation',
    '«origin: document',
    "origin `document` without `document` (add the document's words)",
  ],
  [
    'an unknown key',
    'flowLogs: true',
    'flowLogs: true\n  «becuse: it logs',
    'unknown key `becuse` (did you mean `because`?)',
  ],
  ['an unknown section', 'version: 1', 'version: 1\n«wall: {}', 'unknown key `wall` (no suggestion)'],
  [
    'a word for a boolean',
    'flowLogs: true',
    'flowLogs: «yes',
    '`flowLogs` is `yes` (write `true` or `false`)',
  ],
  ['nothing for a boolean', 'flowLogs: true', 'flowLogs:«', '`flowLogs` is empty (write `true` or `false`)'],
  [
    'a row that is a number',
    'rows:\n    - id: alb-in-web',
    'rows:\n    - «5\n    - id: alb-in-web',
    '`rows` has `5` (write a mapping of keys to values)',
  ],
  [
    'a missing key',
    '    cidr: 10.0.0.0/16\n    # id: vpc-0123456789abcdef0',
    '    «id: vpc-0123456789abcdef0',
    'the key `cidr` is missing (An IPv4 CIDR in canonical form, such as 10.0.0.0/16)',
  ],
  [
    'a version that is not read',
    'version: 1',
    'version: «2',
    'version `2` of a baseline is not read (write `1`)',
  ],
  [
    'a version in quotes',
    'version: 1',
    "version: «'1'",
    'version `"1"` of a baseline is not read (write it without quotes)',
  ],
  ['no version', 'version: 1\nname', '«name', 'the section `version` is missing (write `1`)'],
  [
    'a key given twice',
    'egress: endpoints',
    'egress: endpoints\n  «egress: endpoints',
    'the key `egress` is given twice (remove one of them)',
  ],
  [
    'a key that belongs to the other kind of flow',
    'must: not-pass',
    'must: not-pass\n    «protocol: tcp',
    'unknown key `protocol` (one of `document`, `except`)',
  ],
  ['an unknown kind', 'kind: rate', 'kind: «rat', 'unknown kind `rat` (did you mean `rate`?)'],
  ['a rate below what AWS takes', 'limit: 100', 'limit: «5', '`limit` is `5` (10 is the least)'],
  [
    'a window that AWS has not',
    'windowSeconds: 300',
    'windowSeconds: «301',
    '`windowSeconds` is `301` (one of `60`, `120`, `300`, `600`)',
  ],
  [
    'a country in small letters',
    '- AT',
    '- «at',
    '`allowed` has `at` (a country is written as its two capital letters, such as DE)',
  ],
  [
    'a country that YAML elsewhere takes for false',
    "- 'NO'",
    '- «false',
    '`allowed` has `false` (write text)',
  ],
  ['a default group that is open', 'closed: true', 'closed: «false', '`closed` is `false` (write `true`)'],
  [
    'a priority given twice',
    'priority: 3',
    'priority: «2',
    'the web ACL priority `2` is given twice (give each its own)',
  ],
  [
    'a reader without a role',
    'readers: [securecart-backend-execution]',
    'readers: [«securecart-backend-exec]',
    'there is no role `securecart-backend-exec` (did you mean `securecart-backend-task`?)',
  ],
  [
    'a rule without its web ACL rule',
    'rule: waf-guardduty-blocklist',
    'rule: «waf-guardduty-blacklist',
    'there is no web ACL rule `waf-guardduty-blacklist` (did you mean `waf-guardduty-blocklist`?)',
  ],
  ['a tab', '  flowLogs', '«\tflowLogs', 'Tabs are not allowed as indentation (indent with spaces)'],
  [
    'an alias',
    'name: securecart',
    'name: «*shop',
    '`*shop` is an alias, and a baseline has none (write out what `&shop` stands for)',
  ],
  ['a tag', 'version: 1', 'version: «!one 1', 'Unresolved tag: !one (no suggestion)'],
];

/** The same for suppressions, of which the shipped baseline has none. */
const slipsOfSuppressions = Object.entries({
  'a suppression that nobody answers for': [
    '«{ id: a, control: vpc/tiers, reason: a test, expires: 2026-03-31 }',
    'the key `owner` is missing (Who answers for that)',
  ],
  'a suppression that never ends': [
    '«{ id: a, control: vpc/tiers, reason: a test, owner: shop }',
    'the key `expires` is missing (The last day, in UTC, on which it holds; from the next on the findings count again)',
  ],
  'a suppression until a day that there is not': [
    '{ id: a, control: vpc/tiers, reason: a test, owner: shop, expires: «2026-02-30 }',
    '`expires` is `2026-02-30` (write a date like 2026-12-31)',
  ],
  'a suppression of what is no ARN': [
    '{ id: a, control: vpc/tiers, resource: «vpc-1, reason: a test, owner: shop, expires: 2026-03-31 }',
    '`resource` is `vpc-1` (write an ARN, or a glob of ARNs such as *:security-group/sg-…)',
  ],
  'a suppression of a control in capitals': [
    '{ id: a, control: «VPC/Tiers, reason: a test, owner: shop, expires: 2026-03-31 }',
    '`control` is `VPC/Tiers` (write a control, or a glob such as security-group/*)',
  ],
  'a suppression of everything': [
    "{ id: a, control: «'*', reason: a test, owner: shop, expires: 2026-03-31 }",
    'suppression `a` is about every control and every resource (name a control, or a resource)',
  ],
  'two suppressions of the same': [
    '{ id: lab, control: vpc/*, reason: a test, owner: shop, expires: 2026-03-31 }\n  - { id: «b, control: vpc/*, reason: a test, owner: shop, expires: 2027-03-31 }',
    'suppression `b` is about the same as `lab` (keep one of them)',
  ],
}).map(([name, [text = '', problem = '']]): (typeof slips)[number] => [
  name,
  'name: securecart',
  `name: securecart\nsuppressions:\n  - ${text}`,
  problem,
]);

test.each([...slips, ...slipsOfSuppressions])('%s', (_name, replace, by, problem) => {
  expect(shipped).toContain(replace);
  const { text, spots } = unmark(shipped.replace(replace, () => by));
  expect(problemsOf(text)).toEqual(spots.map(spot => `${spot} ${problem}`));
});

/** What is no baseline at all. */
const strangers: [name: string, text: string, problem: string][] = [
  ['an empty file', '', '1:1 the file is empty (begin with the line `version: 1`)'],
  ['comments only', '# version: 1\n', '1:1 the file is empty (begin with the line `version: 1`)'],
  ['a list', '- version: 1\n', '1:1 `baseline` is `[{"version":1}]` (write a mapping of keys to values)'],
  ['a word', 'securecart\n', '1:1 `baseline` is `securecart` (write a mapping of keys to values)'],
  [
    'two documents',
    'version: 1\n---\nversion: 1\n',
    '2:1 a second document begins here; a baseline is one document (no suggestion)',
  ],
  [
    'a bracket left open',
    'version: [1\nname: x\n',
    '2:1 Flow sequence in block collection must be sufficiently indented and end with a ] (no suggestion)',
  ],
  [
    '100 MB',
    ' '.repeat(100 * 1024 * 1024),
    '1:1 the file has 104857600 characters; a baseline has at most 262144 (is this the baseline?)',
  ],
  [
    'brackets without end',
    '['.repeat(100_000),
    '1:65 more than 64 collections lie inside each other (no suggestion)',
  ],
];

test.each(strangers)('%s', (_name, text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('a bomb of aliases is refused where it is lit', () => {
  const bomb = [
    'a0: &a0 [boom]',
    ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`),
  ].join('\n');
  expect(
    problemsOf(bomb)
      .map(problem => problem.slice(0, problem.indexOf(' ')))
      .slice(0, 2),
  ).toEqual(['2:10', '3:10']);
});

describe('a file from Windows', () => {
  const windows = `\uFEFF${shipped.replaceAll('\n', '\r\n')}`;
  test('reads as any other', () => {
    expect(readBaseline(windows, 'b.yaml')).toEqual(readBaseline(shipped, 'b.yaml'));
  });
  test('has its problems at the same places', () => {
    const bad = (text: string) =>
      text.replace('egress: endpoints', 'egress: nowhere').replace('version: 1', 'version: 3');
    expect(problemsOf(bad(windows))).toEqual(problemsOf(bad(shipped)));
    expect(problemsOf(`\uFEFFversion: [`)[0]).toMatch(/^1:11 /);
  });
});

test('a missing section is told of, each on its own', () => {
  const { text, spots } = unmark(
    shipped.slice(0, shipped.indexOf('\naccessAnalyzer:')).replace('version', '«version'),
  );
  expect(problemsOf(text)).toEqual([
    `${spots[0]} the section \`accessAnalyzer\` is missing (IAM Access Analyzer)`,
    `${spots[0]} the section \`automations\` is missing (Automatic remediation)`,
  ]);
});

test('all problems come at once, in the order of the file, and say in words how many', () => {
  const { text, spots } = unmark(
    shipped
      .replace('version: 1', 'version: «9')
      .replace('cidr: 10.0.16.0/20', 'cidr: «10.0.16.1/20')
      .replace('egress: endpoints', 'egress: endpoints\n  «egress: nat')
      .replace('id: alb-out-vpc', 'id: «alb-in-web')
      .replace('peer: { component: alb }', 'peer: { component: «abl }')
      .replace('number: 105\n', 'number: «100\n      «prio: 1\n'),
  );
  expect(problemsOf(text).map(problem => problem.split(' ')[0])).toEqual(spots);
  expect(() => readBaseline(text, 'b.yaml')).toThrow('The baseline is not valid. b.yaml has 7 problems.');
});

test('a key of JavaScript is a key like any other', () => {
  expect(
    problemsOf(`${shipped}\n__proto__: {}\nconstructor: {}\n`).map(problem => problem.replace(/^\S+ /, '')),
  ).toEqual(['unknown key `__proto__` (no suggestion)', 'unknown key `constructor` (no suggestion)']);
});
