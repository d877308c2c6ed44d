import { describe, expect, test } from 'vitest';
import type { Control } from '../../src/findings/control.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Finding, Status } from '../../src/model/finding.ts';
import type { FactName } from '../../src/services/facts.ts';
import { type Facts, shop } from '../builders/shop.ts';
import { shippedBaseline, snapshotOfShop } from '../builders/snapshot.ts';

/** One finding that a case expects; what is left out is not compared, but a fail must give its message. */
export interface Expected {
  readonly status: Status;
  /** The id of the resource. */
  readonly resource: string;
  readonly key?: string;
  readonly message?: string;
  readonly severity?: Finding['severity'];
  readonly expected?: string;
  readonly actual?: string;
  readonly blame?: readonly string[];
  readonly reason?: Finding['reason'];
  readonly runbook?: readonly string[];
  /** As `tcp 443 from 203.0.113.10`. */
  readonly witness?: string;
  /** As `203.0.113.10 > 10.0.0.4 tcp 443`. */
  readonly connection?: string;
}

/** The shop, changed, and all that the control says of it. */
export interface Case {
  /** Changes the shop that meets the baseline. */
  readonly given?: (facts: Facts) => unknown;
  /** The facts that could not be read. */
  readonly denied?: readonly FactName[];
  readonly baseline?: (baseline: Baseline) => Baseline;
  readonly vpc?: string;
  /** Every finding that is not a pass, in the report's order, and as many passes as are to be named. */
  readonly expect: readonly [Expected, ...Expected[]];
}

/**
 * The cases of one control, by what they show; together they hold each of its messages but those that it shares with
 * others, whose cases stand with the code that tells them. That a denied read is no pass,
 * and that where there is nothing to judge nothing is judged, is tried of every control without a case.
 */
export function testControl(
  control: Control,
  cases: Readonly<Record<string, Case>>,
  shared: Readonly<Record<string, string>> = {},
): void {
  describe(control.id, () => {
    for (const [name, one] of Object.entries(cases)) {
      test(name, () => {
        const told = findingsOf(control, one).filter(
          finding => finding.status !== 'pass' || one.expect.some(names(finding)),
        );
        expect(told.map((finding, index) => shownAs(finding, one.expect[index]))).toEqual(one.expect);
      });
    }
    test('no case is given twice, and together they hold every message', () =>
      strict(control, Object.values(cases), shared));
    test('what cannot be read is unknown, and never a pass', () => {
      for (const one of Object.values(cases)) {
        const before = new Set(passes(findingsOf(control, one)));
        for (const name of control.needs) {
          const after = passes(findingsOf(control, { ...one, denied: [...(one.denied ?? []), name] }));
          expect(
            after.filter(id => !before.has(id)),
            `passes without ${name}`,
          ).toEqual([]);
        }
      }
      const blind = findingsOf(control, { denied: control.needs });
      expect([...new Set(blind.map(({ status }) => status))]).toEqual(['unknown']);
    });
    test('needs every fact that it declares, and is stopped where it asks for another', () => {
      for (const name of control.needs) {
        const needy = { ...control, needs: control.needs.filter(other => other !== name) };
        const isStopped = Object.values(cases).some(one => asksFor(name, needy, one));
        expect(isStopped, `no case asks for ${name}`).toBe(true);
      }
    });
    if (control.scope !== 'vpc') return;
    test("where no VPC is the baseline's it is not applicable", () => {
      const given = (facts: Facts) => {
        facts['ec2.vpcs'] = [];
      };
      expect(findingsOf(control, { given }).map(({ status }) => status)).toEqual(['not-applicable']);
    });
  });
}

function strict(control: Control, cases: readonly Case[], shared: Readonly<Record<string, string>>): void {
  const expectations = cases.flatMap(one => one.expect);
  const said = new Set(expectations.flatMap(({ message }) => message ?? []));
  const silent = Object.entries(control.messages).filter(
    ([name, template]) => shared[name] !== template && ![...said].some(text => pattern(template).test(text)),
  );
  expect(silent, 'messages that no case holds').toEqual([]);
  expect(
    expectations.filter(({ status, message }) => status === 'fail' && message === undefined),
    'fails without a message',
  ).toEqual([]);
  const givens = cases.map(one => JSON.stringify([snapshotOf(one), baselineOf(one), one.vpc]));
  expect(new Set(givens).size, 'cases that differ').toBe(givens.length);
}

const passes = (findings: readonly Finding[]): string[] =>
  findings.filter(({ status }) => status === 'pass').map(({ id }) => id);

const names = (finding: Finding) => (expected: Expected) =>
  expected.status === 'pass' &&
  expected.resource === finding.resource.id &&
  (expected.key ?? finding.key) === finding.key;

type Given = Omit<Case, 'expect'>;

function findingsOf(control: Control, one: Given): readonly Finding[] {
  const options = { vpc: one.vpc, digest: (text: string) => text };
  return evaluate([control], snapshotOf(one), baselineOf(one), options).findings;
}

/** Whether a control asks in a case for a fact that it does not declare, and is stopped for it. */
function asksFor(name: FactName, control: Control, one: Given): boolean {
  try {
    findingsOf(control, one);
    return false;
  } catch (error) {
    expect(error).toEqual(new Error(`${control.id} does not declare ${name} in its needs`));
    return true;
  }
}

function snapshotOf(one: Given) {
  const facts = shop();
  one.given?.(facts);
  return snapshotOfShop(facts, one.denied);
}

const baselineOf = ({ baseline = same => same }: Given): Baseline => baseline(shippedBaseline);

/** As much of a finding as the case speaks of. */
function shownAs(finding: Finding, expected: Expected | undefined): Record<string, unknown> {
  const { witness, connection } = finding;
  const all = {
    ...finding,
    resource: finding.resource.id,
    witness:
      witness &&
      `${witness.protocol}${witness.port === undefined ? '' : ` ${witness.port}`} ${witness.direction === 'ingress' ? 'from' : 'to'} ${witness.peer}`,
    connection:
      connection &&
      [connection.client, '>', connection.server, connection.protocol, connection.port].join(' '),
  };
  const keys = new Set(['status', 'resource', ...Object.keys(expected ?? { key: '', message: '' })]);
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.has(key)));
}

const pattern = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\{[a-zA-Z]+\}/)
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
