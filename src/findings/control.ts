import type { BoundComponent, BoundVpc } from '../binding/binding.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { Origin } from '../model/baseline/provenance.ts';
import type { Component, Tier } from '../model/baseline/row.ts';
import type { Connection } from '../model/connection.ts';
import { type Fact, UnknownFact, type UnknownReason } from '../model/fact.ts';
import type { Resource } from '../model/finding.ts';
import { ControlId, type Region, type RowId } from '../model/identifiers.ts';
import type { Packet } from '../model/packet.ts';
import type { Severity } from '../model/severity.ts';
import type { Subnet, Vpc } from '../services/ec2/facts.ts';
import type { FactName, FactValue, GlobalFacts } from '../services/facts.ts';
import type { LiveNetwork } from './reachability/live-network.ts';

/** The frameworks that a control maps to, by the identifier that the framework itself uses. */
export type Framework = 'fsbp' | 'cis-5.0' | 'pci-4.0' | 'nist-800-53-r5';

/** What a control of scope `region` may look at. Each reading throws UnknownFact where a fact that it takes is unknown. */
export interface RegionAudit {
  readonly baseline: Baseline;
  readonly region: Region;
  readonly partition: string;
  /** When the snapshot was begun, in ISO 8601: the clock of all that is overdue. */
  readonly takenAt: string;
  /** The account's id; empty where nobody could say whose it is. */
  readonly account: string;
  /** The ARN of what EC2 gives none for, such as `security-group/sg-…`. */
  readonly arnOf: (service: string, owner: string, resource: string) => string;
  /** The value of a fact that the control has declared in `needs`. */
  readonly value: <Name extends FactName>(name: Name) => FactValue<Name>;
  /** The fact itself, for a control that can say more than `unknown` without it; never throws UnknownFact. */
  readonly fact: <Name extends FactName>(name: Name) => Fact<FactValue<Name>>;
  /** The baseline's VPC; wants `vpcFacts` among the needs. */
  readonly boundVpc: () => BoundVpc;
  /** The subnets of a tier; wants `tierFacts` among the needs. */
  readonly tier: (name: Tier) => readonly Subnet[];
  /** The security groups of a component; wants `componentFacts` among the needs. */
  readonly component: (name: Component) => BoundComponent;
  /** Who stands in the baseline's VPC and what is between them; wants `reachFacts` among the needs. */
  readonly liveNetwork: () => LiveNetwork;
}

/** What a control of scope `vpc` may look at: it is asked only where the baseline's VPC is found. */
export interface VpcAudit extends RegionAudit {
  readonly vpc: Vpc;
}

/** What a control of scope `account` may look at: all Regions at once, and those that could not be read. */
export interface AccountAudit {
  readonly baseline: Baseline;
  readonly account: Resource;
  /** The moment of the snapshot, by which what is too old is told: a report of it stays the same. */
  readonly takenAt: string;
  readonly regions: readonly RegionAudit[];
  /** The value of a fact of the account's that the control has declared in `needs`. Throws UnknownFact. */
  readonly value: <Name extends keyof GlobalFacts>(name: Name) => FactValue<Name>;
  readonly skipped: readonly { readonly region: string; readonly reason: UnknownReason }[];
}

interface About {
  resource: Resource;
  /** Where a control of scope `account` speaks of one Region; the other scopes do not give it. */
  region?: Region;
  /** Tells apart several outcomes of the control on one resource. */
  key?: string;
  row?: { id: RowId; origin: Origin };
  severity?: Severity | undefined;
}

/** What a control says of one resource. */
export type Outcome<Message extends string = string> =
  | ({
      status: 'pass' | 'fail' | 'not-applicable';
      message: Message;
      /** What the message's `{placeholders}` stand for, all of them and no others. */
      data?: Record<string, string | number>;
      expected?: string;
      actual?: string;
      witness?: Packet | undefined;
      connection?: Connection | undefined;
      blame?: string[];
      /** The commands that replace this resource, where nothing mends it in place. */
      runbook?: readonly string[];
    } & About)
  | ({ status: 'unknown'; reason: UnknownReason } & About);

/** The function that judges, by what it is shown. */
type Judge<Message extends string> =
  | { readonly scope: 'account'; readonly evaluate: (audit: AccountAudit) => Iterable<Outcome<Message>> }
  | { readonly scope: 'region'; readonly evaluate: (audit: RegionAudit) => Iterable<Outcome<Message>> }
  | { readonly scope: 'vpc'; readonly evaluate: (audit: VpcAudit) => Iterable<Outcome<Message>> };

/** What is demanded, why, and how it is told. */
interface Demand<Message extends string> {
  readonly title: string;
  readonly severity: Severity;
  /** What an attacker, or an accident, could do while it fails. */
  readonly rationale: string;
  /** What to do about it, by hand. */
  readonly remediation: string;
  /** The commands that replace what cannot be mended in place, with names in capitals where a finding has its own ids. */
  readonly runbook?: readonly string[];
  readonly sources: readonly string[];
  readonly frameworks: Partial<Record<Framework, readonly string[]>>;
  readonly needs: readonly FactName[];
  readonly messages: Readonly<Record<Message, string>>;
}

/** One entry of the catalogue. */
export type Control<Message extends string = string> = { readonly id: ControlId } & Demand<Message> &
  Judge<Message>;

/** Makes a control; throws where its id is not `<system>/<control>`. */
export const defineControl = <const Message extends string>(
  control: { id: string } & Demand<Message> & Judge<Message>,
): Control<Message> => ({ ...control, id: ControlId.parse(control.id) });

/** Judges each subject by itself: an unknown fact met on the way makes that subject unknown, and no other. */
export function* judgeEach<Subject, Message extends string>(
  subjects: Iterable<Subject>,
  about: (subject: Subject) => About,
  judge: (subject: Subject) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message>> {
  for (const subject of subjects) {
    try {
      const outcomes = [...judge(subject)];
      yield* outcomes;
    } catch (error) {
      if (!(error instanceof UnknownFact)) throw error;
      yield { status: 'unknown', ...about(subject), reason: error.reason };
    }
  }
}
