import { z } from 'zod';
import { fact, snapshotFact } from '../../model/fact.ts';
import { Json } from '../../model/json.ts';

/** What a rule does with a request that it matches; all but `count` may end the evaluation. */
export const RuleAction = z.enum(['allow', 'block', 'count', 'captcha', 'challenge']);
export type RuleAction = z.infer<typeof RuleAction>;

/** The part of a request that a statement looks into, by AWS WAF's name: `Body`, `UriPath`, `AllQueryArguments`, … */
export const Field = z.strictObject({
  name: z.string(),
  /** The one header, argument or choice of cookies that it is narrowed to; absent where it is the whole part. */
  only: z.string().optional(),
  /** What is done with a part that is larger than AWS WAF inspects. */
  oversize: z.enum(['CONTINUE', 'MATCH', 'NO_MATCH']).optional(),
});
export type Field = z.infer<typeof Field>;

/** Rules of a group that do another thing than the group has them do. AWS WAF ignores a name that the group does not have. */
const overrides = z.array(z.strictObject({ rule: z.string(), action: RuleAction }));

/** How a text must stand in a part of a request, by AWS WAF's name. */
const Position = z.enum(['EXACTLY', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'CONTAINS_WORD']);
const Comparison = z.enum(['EQ', 'NE', 'LE', 'LT', 'GE', 'GT']);

/**
 * What a rule looks for, but for the text or the pattern of it: that may be a secret. A form that is not known here is
 * `other`, by AWS WAF's name of the statement.
 */
export type Statement =
  | { kind: 'sqli-match' | 'xss-match' | 'regex-match'; field: Field }
  | { kind: 'byte-match'; field: Field; position: z.infer<typeof Position> }
  | { kind: 'regex-pattern-set'; arn: string; field: Field }
  | { kind: 'size'; field: Field; comparison: z.infer<typeof Comparison>; bytes: number }
  | { kind: 'asn-match'; networks: number[] }
  | { kind: 'geo-match'; countries: string[]; forwardedHeader?: string | undefined }
  | { kind: 'ip-set'; arn: string; forwardedHeader?: string | undefined }
  | { kind: 'label-match'; scope: 'LABEL' | 'NAMESPACE'; key: string }
  | {
      kind: 'rate';
      limit: number;
      windowSeconds: number;
      aggregate: string;
      scopeDown?: Statement | undefined;
    }
  | {
      kind: 'managed-rule-group';
      vendor: string;
      group: string;
      version?: string | undefined;
      overrides: z.infer<typeof overrides>;
      scopeDown?: Statement | undefined;
    }
  | { kind: 'rule-group'; arn: string; overrides: z.infer<typeof overrides> }
  | { kind: 'and' | 'or'; statements: Statement[] }
  | { kind: 'not'; statement: Statement }
  | { kind: 'other'; name: string };

const nested = z.lazy((): z.ZodType<Statement> => Statement);

export const Statement: z.ZodType<Statement> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['sqli-match', 'xss-match', 'regex-match']), field: Field }),
  z.strictObject({ kind: z.literal('byte-match'), field: Field, position: Position }),
  z.strictObject({ kind: z.literal('regex-pattern-set'), arn: z.string(), field: Field }),
  z.strictObject({ kind: z.literal('size'), field: Field, comparison: Comparison, bytes: z.int() }),
  z.strictObject({ kind: z.literal('asn-match'), networks: z.array(z.int()) }),
  z.strictObject({
    kind: z.literal('geo-match'),
    countries: z.array(z.string()),
    /** The header that the address is taken from, instead of the connection. */
    forwardedHeader: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('ip-set'), arn: z.string(), forwardedHeader: z.string().optional() }),
  z.strictObject({ kind: z.literal('label-match'), scope: z.enum(['LABEL', 'NAMESPACE']), key: z.string() }),
  z.strictObject({
    kind: z.literal('rate'),
    limit: z.int(),
    windowSeconds: z.int(),
    /** `IP`, `FORWARDED_IP`, `CUSTOM_KEYS` or `CONSTANT`. */
    aggregate: z.string(),
    scopeDown: nested.optional(),
  }),
  z.strictObject({
    kind: z.literal('managed-rule-group'),
    vendor: z.string(),
    group: z.string(),
    /** Absent where AWS chooses the version, and so updates the group. */
    version: z.string().optional(),
    overrides,
    scopeDown: nested.optional(),
  }),
  z.strictObject({ kind: z.literal('rule-group'), arn: z.string(), overrides }),
  z.strictObject({ kind: z.enum(['and', 'or']), statements: z.array(nested) }),
  z.strictObject({ kind: z.literal('not'), statement: nested }),
  z.strictObject({ kind: z.literal('other'), name: z.string() }),
]);

/** One rule; it has an action, or, where its statement is a rule group, an override action. */
export const Rule = z.strictObject({
  name: z.string(),
  priority: z.int(),
  action: RuleAction.optional(),
  /** `none` leaves the group's rules their actions; `count` lets none of them end the evaluation. */
  overrideAction: z.enum(['none', 'count']).optional(),
  statement: Statement,
  /** Whether CloudWatch counts what it matches. */
  metrics: z.boolean(),
  /**
   * The rule in AWS WAF's own form, from which a mend writes it anew; of a web ACL's own rules only. Absent where it looks
   * for a text or adds one to requests: that may be a secret between a front and what is behind it.
   */
  written: z.record(z.string(), Json).optional(),
});
export type Rule = z.infer<typeof Rule>;

/** What a web ACL does. Firewall Manager's rule groups stand before and behind the rules of its own, whatever their priorities. */
export const WebAclDefinition = z.strictObject({
  defaultAction: z.enum(['allow', 'block']),
  /** What a default action of Block answers with, in AWS WAF's own form, where it is not AWS's own answer. */
  blockResponse: z.record(z.string(), Json).optional(),
  /** Each list in the order of evaluation. */
  firewallManagerFirst: z.array(Rule),
  rules: z.array(Rule),
  firewallManagerLast: z.array(Rule),
  metrics: z.boolean(),
  /** Firewall Manager owns it: what an account changes there, it changes back. */
  managedByFirewallManager: z.boolean(),
});
export type WebAclDefinition = z.infer<typeof WebAclDefinition>;

/** A web ACL of scope REGIONAL. */
export const WebAcl = z.strictObject({
  arn: z.string(),
  id: z.string(),
  name: z.string(),
  definition: fact(WebAclDefinition),
});
export type WebAcl = z.infer<typeof WebAcl>;

/** A rule group that is not a managed one, with its rules in the order of evaluation. */
export const RuleGroup = z.strictObject({ arn: z.string(), rules: fact(z.array(Rule)) });
export type RuleGroup = z.infer<typeof RuleGroup>;

/** An IP set; its addresses are CIDRs of one family. */
export const IpSet = z.strictObject({
  arn: z.string(),
  name: z.string(),
  addresses: fact(z.array(z.string())),
});
export type IpSet = z.infer<typeof IpSet>;

/** An IP set by its name, which is unique in a Region. */
export const ListedIpSet = z.strictObject({ arn: z.string(), name: z.string() });
export type ListedIpSet = z.infer<typeof ListedIpSet>;

/** The tags of a web ACL, by its ARN. */
export const WebAclTags = z.strictObject({
  webAcl: z.string(),
  tags: fact(z.record(z.string(), z.string())),
});
export type WebAclTags = z.infer<typeof WebAclTags>;

/** Which web ACL stands before an internet-facing Application Load Balancer: its ARN, or null where none does. */
export const WebAclAssociation = z.strictObject({
  resource: z.string(),
  webAcl: fact(z.string().nullable()),
});
export type WebAclAssociation = z.infer<typeof WebAclAssociation>;

/** Where a web ACL logs to. */
export const LoggingConfiguration = z.strictObject({
  webAcl: z.string(),
  destinations: z.array(z.string()),
  /** What is logged of all requests; absent where all are. */
  filter: z
    .strictObject({
      default: z.enum(['KEEP', 'DROP']),
      filters: z.array(
        z.strictObject({
          behavior: z.enum(['KEEP', 'DROP']),
          requirement: z.enum(['MEETS_ALL', 'MEETS_ANY']),
          /** AWS WAF's names of actions, such as `BLOCK`. */
          actions: z.array(z.string()),
          labels: z.array(z.string()),
        }),
      ),
    })
    .optional(),
});
export type LoggingConfiguration = z.infer<typeof LoggingConfiguration>;

/** The facts of AWS WAF, each of one Region. */
export const wafv2Facts = {
  'wafv2.webAcls': snapshotFact(z.array(WebAcl)),
  /** Those that a web ACL refers to. */
  'wafv2.ruleGroups': snapshotFact(z.array(RuleGroup)),
  /** Those that a rule of a web ACL or of its rule groups refers to. */
  'wafv2.ipSets': snapshotFact(z.array(IpSet)),
  /** All of them, for mends: without their addresses. */
  'wafv2.listedIpSets': snapshotFact(z.array(ListedIpSet)),
  /** For mends: each web ACL costs a call. */
  'wafv2.webAclTags': snapshotFact(z.array(WebAclTags)),
  /** Of load balancers; a REST API's stage says itself which web ACL it has. */
  'wafv2.associations': snapshotFact(z.array(WebAclAssociation)),
  /** A web ACL that is not here has no log. */
  'wafv2.loggingConfigurations': snapshotFact(z.array(LoggingConfiguration)),
};
