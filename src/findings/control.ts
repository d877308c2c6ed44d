import type { Binding } from '../binding/binding.ts';
import type { Baseline } from '../model/baseline/baseline.ts';
import type { Origin } from '../model/baseline/row.ts';
import type { Fact, UnknownReason } from '../model/fact.ts';
import { UnknownFact } from '../model/fact.ts';
import type { Resource } from '../model/finding.ts';
import { ControlId, type Region, type RowId } from '../model/identifiers.ts';
import type { Packet } from '../model/packet.ts';
import type { Severity } from '../model/severity.ts';
import type { FactName, FactValue } from '../services/facts.ts';

/** The frameworks that a control maps to, by the identifier that the framework itself uses. */
export type Framework = 'fsbp' | 'cis-5.0' | 'pci-4.0' | 'nist-800-53-r5';

/** What a control may look at: one Region of one account, and the baseline. */
export interface RegionAudit {
  readonly baseline: Baseline;
  readonly region: Region;
  /** The account as far as it is known, for the ARNs that EC2 does not give. */
  readonly arnOf: (service: string, owner: string, resource: string) => string;
  /** The value of a fact that the control has declared in `needs`. Throws UnknownFact. */
  readonly value: <Name extends FactName>(name: Name) => FactValue<Name>;
  /** The fact itself, for a control that can say more than `unknown` without it. */
  readonly fact: <Name extends FactName>(name: Name) => Fact<FactValue<Name>>;
  /** Which live objects the baseline's VPC, tiers and components are. Throws UnknownFact. */
  readonly binding: () => Binding;
}

interface About<Message extends string> {
  resource: Resource;
  /** Tells apart several outcomes of the control on one resource. */
  key?: string;
  row?: { id: RowId; origin: Origin };
  severity?: Severity;
  message: Message;
  /** What the message's `{placeholders}` stand for. */
  data?: Record<string, string | number>;
  expected?: string;
  actual?: string;
  witness?: Packet;
  blame?: string[];
}

/** What a control says of one resource. */
export type Outcome<Message extends string = string> =
  | ({ status: 'pass' | 'fail' | 'not-applicable' } & About<Message>)
  | { status: 'unknown'; resource: Resource; key?: string; reason: UnknownReason };

/** One entry of the catalogue: what is demanded, why, how it is told, and the function that judges. */
export interface Control<Message extends string = string> {
  readonly id: ControlId;
  readonly title: string;
  readonly severity: Severity;
  /** What an attacker, or an accident, could do while it fails. */
  readonly rationale: string;
  /** What to do about it, by hand. */
  readonly remediation: string;
  readonly sources: readonly string[];
  readonly frameworks: Partial<Record<Framework, readonly string[]>>;
  readonly needs: readonly FactName[];
  readonly messages: Record<Message, string>;
  readonly evaluate: (audit: RegionAudit) => Iterable<Outcome<Message>>;
}

/** Makes a control; throws where its id is not `<system>/<control>`. */
export const defineControl = <const Message extends string>(
  control: Omit<Control<Message>, 'id'> & { id: string },
): Control<Message> => ({ ...control, id: ControlId.parse(control.id) });

/** Judges each subject by itself: an unknown fact met on the way makes that subject unknown, and no other. */
export function* judgeEach<Subject, Message extends string>(
  subjects: Iterable<Subject>,
  resourceOf: (subject: Subject) => Resource,
  judge: (subject: Subject) => Iterable<Outcome<Message>>,
): Iterable<Outcome<Message>> {
  for (const subject of subjects) {
    try {
      yield* [...judge(subject)];
    } catch (error) {
      if (!(error instanceof UnknownFact)) throw error;
      yield { status: 'unknown', resource: resourceOf(subject), reason: error.reason };
    }
  }
}
