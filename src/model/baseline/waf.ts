import { z } from 'zod';
import { item } from './provenance.ts';

/** ISO 3166-1 alpha-2, and `XK`, as AWS WAF takes them. */
const CountryCode = z
  .string()
  .regex(/^[A-Z]{2}$/, 'a country is written as its two capital letters, such as DE')
  .describe('Two letters, as AWS WAF takes them');

/** What a rule of the web ACL looks for. */
const Statement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('managed-rule-group'),
    vendor: z.literal('AWS'),
    group: z
      .string()
      .regex(/^AWSManagedRules[A-Za-z]+$/, 'a group is written like AWSManagedRulesSQLiRuleSet'),
    mustBlock: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The rules of the group that the purpose stands on: none of them counts or is excluded'),
    overrides: z
      .array(z.strictObject({ rule: z.string().min(1), action: z.literal('block') }))
      .min(1)
      .optional()
      .describe('Rules whose own action is another'),
    pinned: z.literal(false).describe('No version is named, so that AWS updates the group'),
  }),
  z.strictObject({
    kind: z.literal('rate'),
    limit: z.int().min(10).describe('Requests in the window; AWS WAF takes 10 and more'),
    windowSeconds: z.literal([60, 120, 300, 600]),
    aggregate: z.literal('ip'),
  }),
  z.strictObject({
    kind: z.literal('countries'),
    allowed: z.array(CountryCode).min(1).describe('Requests from any other country are blocked'),
  }),
  z.strictObject({
    kind: z.literal('ip-sets'),
    sets: z
      .strictObject({ ipv4: z.string().min(1), ipv6: z.string().min(1) })
      .describe('Their names; an IP set holds one family'),
  }),
]);

/** One rule of the web ACL. */
const WafRule = z.strictObject({
  ...item,
  name: z.string().regex(/^[\w-]{1,128}$/, "a rule's name has letters, digits, - and _"),
  priority: z.int().min(0).describe('AWS WAF evaluates the lowest first'),
  action: z.literal('block'),
  statement: Statement.describe('What the rule looks for'),
});
export type WafRule = z.infer<typeof WafRule>;

/** The web ACL, what it protects, and its rules. */
export const Waf = z
  .strictObject({
    ...item,
    name: z.string().regex(/^[\w-]{1,128}$/, "a web ACL's name has letters, digits, - and _"),
    scope: z.literal('REGIONAL'),
    defaultAction: z.literal('allow'),
    protects: z
      .strictObject({
        ...item,
        resources: z
          .array(z.enum(['internet-facing-load-balancer', 'rest-api-stage']))
          .min(1)
          .describe('Every resource of these kinds has the web ACL'),
      })
      .describe('What the web ACL is associated with'),
    updates: z
      .strictObject({ ...item, automatic: z.literal(true) })
      .describe('How managed rule groups get their new versions'),
    logging: z
      .strictObject({
        ...item,
        logs: z.boolean().describe('The web ACL has a logging configuration'),
        metrics: z.boolean().describe('Every rule sends CloudWatch metrics'),
      })
      .describe('How it is seen what the web ACL does'),
    rules: z.array(WafRule).min(1).describe('Each with a priority of its own'),
  })
  .describe('AWS WAF: the web ACL and its rules');
export type Waf = z.infer<typeof Waf>;

/** AWS Shield on the public endpoints. */
export const Shield = z
  .strictObject({
    ...item,
    tier: z
      .enum(['standard', 'advanced'])
      .describe(
        'standard: automatic and free; advanced: a yearly commitment, which is audited but never subscribed to',
      ),
  })
  .describe('AWS Shield');
export type Shield = z.infer<typeof Shield>;
