import type { Baseline } from '../model/baseline/baseline.ts';
import { UnknownFact } from '../model/fact.ts';
import type { Finding } from '../model/finding.ts';
import { type ControlId, Region } from '../model/identifiers.ts';
import type { ReachComparison } from '../model/reach-comparison.ts';
import { type SuppressionUse, systemOf } from '../model/report.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import {
  accountAudit,
  accountResource,
  type RegionState,
  regionAudit,
  regionResource,
  regionState,
} from './audits.ts';
import type { Control, Outcome, RegionAudit } from './control.ts';
import { nothingMessage, noVpcMessage, render, unknownMessage } from './prose.ts';
import { reachIn } from './reachability/compare.ts';
import { selects } from './select.ts';
import { suppress } from './suppress.ts';

/** How to evaluate. */
export interface EvaluateOptions {
  /** The id of the VPC that is the baseline's, whatever else says so. */
  readonly vpc?: string | undefined;
  /** Globs of the controls to evaluate; all of the catalogue where absent. */
  readonly controls?: readonly string[] | undefined;
  /** Makes a finding's id of a text: a hash, which this code has none of. */
  readonly digest: (text: string) => string;
}

/** What the catalogue says of an account. */
export interface Evaluation {
  /** By control, Region, resource and key. */
  readonly findings: readonly Finding[];
  /** The controls that were evaluated; each has at least one finding. */
  readonly selected: ReadonlySet<ControlId>;
  /** What the baseline's suppressions came to. */
  readonly suppressions: readonly SuppressionUse[];
  /** Who reaches whom, where a control that is about that is evaluated. */
  readonly reach: readonly ReachComparison[];
}

/** Judges a snapshot by a baseline with the controls that are selected. The same input gives the same output. */
export function evaluate(
  catalogue: readonly Control[],
  snapshot: Snapshot,
  baseline: Baseline,
  options: EvaluateOptions,
): Evaluation {
  const { controls: globs, digest } = options;
  const selected = catalogue.filter(({ id }) => globs === undefined || globs.some(glob => selects(glob, id)));
  const states = Object.entries(snapshot.regions).map(([region, facts]) =>
    regionState(baseline, Region.parse(region), { ...snapshot.global, ...facts }, options.vpc),
  );
  const findings = selected
    .flatMap(control => told(control, snapshot, states, baseline).map(toFinding(control, snapshot, digest)))
    .sort(inOrder);
  refuseTwins(findings);
  const evaluated = new Set(selected.map(({ id }) => id));
  return {
    ...suppress(findings, baseline.suppressions ?? [], {
      takenAt: snapshot.takenAt,
      regions: Object.keys(snapshot.regions),
      catalogue: catalogue.map(({ id }) => id),
      selected: evaluated,
    }),
    selected: evaluated,
    reach: selected.some(({ id }) => systemOf(id) === 'reachability')
      ? states.flatMap(state => reachIn(state, baseline))
      : [],
  };
}

/** An outcome, where it belongs, and its sentence where that is not one of the control's messages. */
interface Told {
  readonly region?: Region | undefined;
  readonly outcome: Outcome;
  readonly sentence?: string;
}

function told(
  control: Control,
  snapshot: Snapshot,
  states: readonly RegionState[],
  baseline: Baseline,
): Told[] {
  const { account } = snapshot;
  // A Region that the account has not enabled holds nothing that could be judged.
  const skipped = snapshot.skippedRegions.filter(({ reason }) => reason.kind !== 'not-read');
  const audits = states.map(state => regionAudit(control, state, baseline, snapshot));
  if (control.scope === 'account') {
    const resource = accountResource(account);
    return judged(resource, () =>
      control.evaluate(accountAudit(control, { ...snapshot, skippedRegions: skipped }, audits, baseline)),
    );
  }
  const unread = skipped.map(({ region, reason }) => ({
    // Absent for `all`: which Regions there are could not be read.
    region: Region.safeParse(region).data,
    outcome: { status: 'unknown' as const, resource: regionResource(region, account), reason },
  }));
  return [
    ...audits.flatMap(audit => toldOfRegion(control, audit, regionResource(audit.region, account))),
    ...unread,
  ];
}

type RegionalControl = Extract<Control, { scope: 'region' | 'vpc' }>;

function toldOfRegion(control: RegionalControl, audit: RegionAudit, resource: Outcome['resource']): Told[] {
  const { region } = audit;
  let sentence = nothingMessage(region);
  const outcomes = judged(resource, () => {
    if (control.scope === 'region') return control.evaluate(audit);
    const bound = audit.boundVpc();
    if (bound.kind === 'found') return control.evaluate({ ...audit, vpc: bound.vpc });
    sentence = noVpcMessage(region, bound.kind === 'ambiguous' ? bound.candidates.map(({ id }) => id) : []);
    return [];
  }).map(one => ({ ...one, region }));
  if (outcomes.length > 0) return outcomes;
  return [{ region, sentence, outcome: { status: 'not-applicable', resource, message: '' } }];
}

/** All outcomes; where the control could not go on for want of a fact, that one is all it has to say. */
function judged(resource: Outcome['resource'], evaluate: () => Iterable<Outcome>): Told[] {
  try {
    return [...evaluate()].map(outcome => ({ outcome }));
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    return [{ outcome: { status: 'unknown', resource, reason: error.reason } }];
  }
}

function toFinding(
  control: Control,
  snapshot: Snapshot,
  digest: (text: string) => string,
): (told: Told) => Finding {
  const account = snapshot.account.kind === 'known' ? snapshot.account.value.id : undefined;
  return ({ outcome, sentence, ...told }) => {
    const { resource, row, key = '', severity = control.severity, region = told.region } = outcome;
    const id = digest(JSON.stringify([account ?? '', region ?? '', resource.arn, control.id, key]));
    const about = { id, control: control.id, severity, account, region, resource, key, row };
    if (outcome.status === 'unknown') {
      const { status, reason } = outcome;
      return { ...about, status, message: unknownMessage(reason), blame: [], reason };
    }
    const { status, message, data, expected, actual, witness, connection, blame = [], runbook } = outcome;
    return {
      ...about,
      status,
      message: sentence ?? render(messageOf(control, message), data),
      expected,
      actual,
      witness,
      connection,
      blame,
      ...(runbook !== undefined && { runbook: [...runbook] }),
    };
  };
}

function messageOf(control: Control, name: string): string {
  const message = control.messages[name];
  if (message === undefined) throw new Error(`${control.id} has no message named ${name}`);
  return message;
}

/** By code unit, not by a locale's order, which differs from machine to machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const inOrder = (a: Finding, b: Finding): number =>
  compareText(a.control, b.control) ||
  compareText(a.region ?? '', b.region ?? '') ||
  compareText(a.resource.arn, b.resource.arn) ||
  compareText(a.key, b.key);

/** Two findings of one id would be one in every list that is kept by id: a control gave the same key twice. */
function refuseTwins(findings: readonly Finding[]): void {
  const ids = new Set<string>();
  for (const { id, control, resource, key } of findings) {
    if (ids.has(id)) throw new Error(`${control} says two things of ${resource.arn} with the key '${key}'`);
    ids.add(id);
  }
}
