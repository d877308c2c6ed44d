import { catalogue } from '../../rules/index.ts';
import { evaluate } from '../../src/findings/evaluate.ts';
import { selects } from '../../src/findings/select.ts';
import type { Baseline } from '../../src/model/baseline/baseline.ts';
import type { Fact } from '../../src/model/fact.ts';
import { AccountId } from '../../src/model/identifiers.ts';
import { type Call, changesOf, type Plan } from '../../src/model/plan.ts';
import { makeApplyPlan } from '../../src/plan/provision/make-apply-plan.ts';
import { PROVISIONED_CONTROLS, PROVISIONED_FACTS } from '../../src/plan/provision/provisions.ts';
import type { PlanOptions } from '../../src/plan/scene.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { shippedBaseline } from '../builders/snapshot.ts';
import { account } from '../emulator/emulator.ts';
import { networkFacts, take } from '../snapshot/taking.ts';

const judge = (snapshot: Snapshot, baseline: Baseline) =>
  evaluate(catalogue, snapshot, baseline, {
    controls: PROVISIONED_CONTROLS,
    digest: text => text,
  }).findings;

let plans = 0;

/** The plan that builds a baseline, with an id of its own, by default the shipped one, in the account of a snapshot. */
export const planToBuild = (
  snapshot: Snapshot,
  baseline: Baseline = shippedBaseline,
  options: Partial<PlanOptions> = {},
): Plan =>
  makeApplyPlan({
    baseline,
    snapshot,
    judge: of => judge(of, baseline),
    options: { includeManaged: false, allowDisruptive: false, ...options },
    meta: {
      id: `apply-20260101t00000${plans++}z`,
      createdAt: '2026-01-01T00:00:00Z',
      tool: { name: 'securecart', version: '0.1.0' },
      account: snapshot.account.kind === 'known' ? snapshot.account.value.id : AccountId.parse(account),
      partition: snapshot.account.kind === 'known' ? snapshot.account.value.partition : 'aws',
      baseline: { name: baseline.name, digest: 'd', literal: false },
    },
    remediation: control => `see ${control}`,
  });

/** What the audit of the network says is not as it should be, or not known. */
export const shortcomings = (snapshot: Snapshot, baseline: Baseline = shippedBaseline): string[] =>
  judge(snapshot, baseline)
    .filter(({ status }) => status === 'fail' || status === 'unknown')
    .map(({ control, message }) => `${control}: ${message}`);

/** An account by what it is: moto gives a rule another id each time it is asked, and AWS lists an endpoint and a NAT gateway for a while after they are gone. */
export function stateOf({ global, regions }: Snapshot): unknown {
  const [facts = {}] = Object.values(regions);
  const {
    'ec2.securityGroupRules': rules,
    'ec2.vpcEndpoints': endpoints,
    'ec2.natGateways': gateways,
    ...rest
  } = facts;
  return {
    ...rest,
    global,
    rules: rules?.kind === 'known' ? rules.value.map(rule => ({ ...rule, id: '' })) : rules,
    endpoints: thereOf(endpoints),
    gateways: thereOf(gateways),
  };
}

const thereOf = (fact: Fact<readonly { state: string }[]> | undefined) =>
  fact?.kind === 'known' ? fact.value.filter(({ state }) => state !== 'deleted') : fact;

/** Reads what an apply looks at. */
export const look = (): Promise<Snapshot> =>
  take({
    facts: [
      ...networkFacts,
      ...PROVISIONED_FACTS,
      ...judgedControls.flatMap(({ needs }) => needs),
      's3.buckets',
      's3.publicGrants',
    ],
  });

const judgedControls = catalogue.filter(({ id }) => PROVISIONED_CONTROLS.some(glob => selects(glob, id)));

/** The operations that a plan calls, in its order. */
export const operationsOf = (plan: Plan): string[] => changesOf(plan).map(({ call }) => call.operation);

/** What a plan does in some services. */
export const partOf = (plan: Plan, ...services: Call['service'][]): Plan => {
  const mends = plan.mends.filter(({ changes }) =>
    changes.some(({ call }) => services.includes(call.service)),
  );
  const kinds = new Set(mends.flatMap(({ changes }) => changes.map(({ object }) => object.kind)));
  return { ...plan, mends, fingerprints: plan.fingerprints.filter(({ object }) => kinds.has(object.kind)) };
};
