import type { Control } from '../../src/findings/control.ts';
import { defineControl } from '../../src/findings/control.ts';
import { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import type { Severity } from '../../src/model/severity.ts';
import { report } from '../../src/report/report.ts';
import { shop } from './shop.ts';
import { snapshotOf } from './snapshot.ts';

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
  });
