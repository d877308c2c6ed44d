import type { Control } from '../../src/findings/control.ts';
import { defineControl } from '../../src/findings/control.ts';
import { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import type { Severity } from '../../src/model/severity.ts';
import { report } from '../../src/report/report.ts';
import { shop } from './shop.ts';
import { denied, snapshotOf } from './snapshot.ts';

const deniedVpcs = denied('ec2:DescribeVpcs');

/** A control that is in a catalogue and says nothing: its findings are made by hand. */
export const silentControl = (id: string, severity: Severity = 'high'): Control =>
  defineControl({
    id,
    title: `What ${id} demands`,
    severity,
    rationale: 'Nothing is lost.',
    remediation: 'Do nothing.',
    sources: [],
    frameworks: {},
    needs: [],
    scope: 'region',
    messages: {},
    evaluate: () => [],
  });

/** A finding made by hand; what is not given is the same in all of them. */
export const finding = (given: Record<string, unknown>): Finding =>
  Finding.parse({
    id: JSON.stringify(given),
    severity: 'high',
    status: 'fail',
    account: '123456789012',
    region: 'eu-west-1',
    resource: {
      type: 'AWS::EC2::SecurityGroup',
      arn: 'arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d4e5f60718',
      id: 'sg-0a1b2c3d4e5f60718',
      name: 'backend',
    },
    key: '',
    message: 'It differs.',
    blame: [],
    ...given,
  });

/** The report of these findings, from a catalogue of which all but `left` was evaluated. */
export const reportOf = (
  findings: readonly Finding[],
  catalogue: readonly Control[],
  left: readonly Control[] = [],
  suppressions: Report['suppressions'] = [],
  reach: Report['reach'] = [],
): Report =>
  report({
    tool: { name: 'securecart', version: '0.0.0' },
    baseline: { name: 'shop', file: 'shop.yaml', digest: 'ab'.repeat(32), literal: false },
    catalogue: [...catalogue, ...left],
    snapshot: snapshotOf({ 'us-east-1': shop(), 'eu-west-1': shop() }),
    evaluation: { findings, selected: new Set(catalogue.map(({ id }) => id)), suppressions, reach },
    lines: new Map([['one', 12]]),
  });

/** A finding of the control vpc/one that somebody has accepted. */
export const accepted = {
  key: 'accepted',
  suppressed: { by: 'bastion', reason: 'until the new VPN', owner: 'ops', expires: '2026-03-31' },
};

/** What a name or tag of the account may hold that no form of a report may pass on as it is. */
export const hostile =
  '=HYPERLINK("https://evil.example")|<img src=x>\n@octocat [click](https://evil.example) ]]>\u001b[31m\u202e&\u0000';

/** One finding of each status of the control vpc/one beside one that is accepted, and a control that was left out. */
export const mixed = (): Report =>
  reportOf(
    [
      finding({
        control: 'vpc/one',
        id: 'f1',
        message: 'Rule sgr-1 allows tcp 22 from 0.0.0.0/0.',
        expected: 'nothing',
        actual: 'tcp 22 from 0.0.0.0/0',
        blame: ['sgr-1'],
        row: { id: 'one', origin: 'derived' },
      }),
      finding({ control: 'vpc/one', id: 'f2', ...accepted }),
      finding({ control: 'vpc/one', id: 'f3', key: 'unread', status: 'unknown', reason: deniedVpcs }),
      finding({ control: 'vpc/one', id: 'f4', key: 'sound', status: 'pass' }),
      finding({ control: 'vpc/one', id: 'f5', key: 'none', status: 'not-applicable' }),
    ],
    [silentControl('vpc/one')],
    [silentControl('vpc/two')],
  );
