import { z } from 'zod';
import { Origin } from './baseline/provenance.ts';
import { Component, GatewayService, Tier } from './baseline/row.ts';
import { Connection } from './connection.ts';
import { FlowId, RowId } from './identifiers.ts';
import { IpFamily } from './packet.ts';
import { Report } from './report.ts';

const Count = z.int().min(0);

/** One list of rows: a component's security group or a tier's network ACL, in one direction. */
export const RowList = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('security-group'),
    component: Component,
    direction: z.enum(['ingress', 'egress']),
  }),
  z.strictObject({
    kind: z.literal('network-acl'),
    tier: Tier,
    direction: z.enum(['inbound', 'outbound']),
  }),
]);
export type RowList = z.infer<typeof RowList>;

/** What stops a flow that must pass. */
export const Obstacle = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-route'), from: z.string(), to: z.string() }),
  z.strictObject({
    kind: z.literal('list'),
    list: RowList,
    leg: z.enum(['request', 'reply']),
    connection: Connection,
    rows: z.array(RowId).describe('The deny rows that stop its packets'),
    unnamed: z.boolean().describe('Whether some of its packets are stopped since no row names them'),
  }),
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** What by itself keeps a forbidden flow from passing, on each of its paths. */
export const Lock = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-route') }),
  z.strictObject({ kind: z.literal('list'), list: RowList }),
]);
export type Lock = z.infer<typeof Lock>;

/** A flow as the baseline names it. */
const flow = {
  id: FlowId,
  from: z.string(),
  to: z.string(),
  services: z.array(z.string()).describe('What it asks for, in words; empty where it is about everything'),
  paths: Count.describe(
    'How many were followed: one for each two subnets, and address families where it must not pass',
  ),
};

/** Whether a flow is as the baseline wants it. */
export const FlowVerdict = z.discriminatedUnion('verdict', [
  z.strictObject({ ...flow, verdict: z.literal('passes') }),
  z.strictObject({ ...flow, verdict: z.literal('blocked'), obstacles: z.array(Obstacle) }),
  z.strictObject({ ...flow, verdict: z.literal('kept-out'), locks: z.array(Lock) }),
  z.strictObject({
    ...flow,
    verdict: z.literal('leaks'),
    client: z.string().describe('Who gets through'),
    server: z.string().describe('To whom'),
    connection: Connection,
    rows: z.array(RowId).describe('The rows that let it through'),
  }),
]);
export type FlowVerdict = z.infer<typeof FlowVerdict>;

/** A blocked flow that a row comes near to, and in what it misses it. */
const Miss = z.strictObject({ flow: FlowId, by: z.enum(['direction', 'ports']) });

/** What becomes of the network without a row: why the row is there, or that it need not be. */
export const Need = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('flow'),
    flows: z.array(FlowId).min(1).describe('The flows that break without it'),
    connection: Connection,
  }),
  z.strictObject({
    kind: z.literal('closes'),
    from: z.string(),
    to: z.string(),
    connection: Connection.describe('What passes without it'),
  }),
  z.strictObject({
    kind: z.literal('second-lock'),
    with: RowId.describe('The row that closes the same elsewhere'),
    from: z.string(),
    to: z.string(),
    connection: Connection.describe('What passes without both'),
  }),
  z.strictObject({
    kind: z.literal('opens'),
    from: z.string(),
    to: z.string(),
    connection: Connection.describe('What passes by it, and no flow needs'),
    misses: z.array(Miss),
  }),
  z.strictObject({ kind: z.literal('assertion-holds') }),
  z.strictObject({
    kind: z.literal('assertion-broken'),
    packets: z.array(z.string()).describe('What is let in all the same, in words'),
    rows: z.array(RowId).describe('The rows that let it in'),
  }),
  z.strictObject({ kind: z.literal('covered'), by: z.array(RowId).describe('Rows of the same effect') }),
  z.strictObject({ kind: z.literal('contradicted'), by: z.array(RowId).describe('Rows of both effects') }),
  z.strictObject({ kind: z.literal('repeats-default') }),
  z.strictObject({
    kind: z.literal('dead'),
    stoppedBy: z.array(RowList).describe('The lists that let through nothing of what it is about'),
    misses: z.array(Miss),
  }),
]);
export type Need = z.infer<typeof Need>;

/** Whether something has to be mended, or is only worth knowing. */
export const Level = z.enum(['sound', 'note', 'defect']);
export type Level = z.infer<typeof Level>;

/** One row of the two tables. */
export const RowVerdict = z.strictObject({
  id: RowId,
  origin: Origin,
  list: RowList,
  number: z.int().optional().describe("The NACL's rule number"),
  level: Level,
  need: Need,
});
export type RowVerdict = z.infer<typeof RowVerdict>;

/** What is to be said of the tables besides the flows and the need of each row. */
export const Remark = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deny-in-group'), level: Level, row: RowId }),
  z.strictObject({
    kind: z.literal('several-entries'),
    level: Level,
    row: RowId,
    numbers: z.array(z.int()),
    opened: Count.describe('The ports besides that one entry over all of them would open'),
  }),
  z.strictObject({
    kind: z.literal('one-family'),
    level: Level,
    flows: z.array(FlowId).describe('The flows that pass over IPv4 and not over IPv6'),
    connection: Connection,
  }),
  z.strictObject({
    kind: z.literal('other-flows'),
    level: Level,
    row: RowId,
    named: z.array(FlowId),
    needed: z.array(FlowId),
  }),
  z.strictObject({
    kind: z.literal('quota'),
    level: Level,
    quota: z.enum(['rules-per-group', 'entries-per-acl', 'groups-per-interface', 'rules-per-interface']),
    of: z.string(),
    family: IpFamily.optional(),
    used: Count,
    limit: Count,
  }),
]);
export type Remark = z.infer<typeof Remark>;

/** Who packets come from and go to; a tier holds it unless it is outside the VPC. */
const Party = z.strictObject({ name: z.string(), tier: Tier.optional() });

/** Who reaches whom: the services that are asked for and answered. */
export const Reach = z.strictObject({
  from: z.string(),
  to: z.string(),
  family: IpFamily,
  services: z.array(z.string()).describe('In words, such as `tcp 80, 443`'),
  intended: z.boolean().describe('Whether flows ask for all of it'),
});
export type Reach = z.infer<typeof Reach>;

/** What passes and no flow asks for. */
export const Opening = z.strictObject({
  from: z.string(),
  to: z.string(),
  family: IpFamily,
  services: z.array(z.string()),
  replies: z.array(z.string()).describe('To which of the client’s ports answers come; empty if none do'),
  connection: Connection,
});
export type Opening = z.infer<typeof Opening>;

const written = {
  id: RowId,
  protocol: z.enum(['tcp', 'udp']),
  ports: z.array(z.union([z.int(), z.string()])).min(1),
};

const told = {
  purpose: z.string(),
  origin: z.literal('derived'),
  because: z.string(),
  for: z.array(FlowId).min(1),
};

/** A row of the security-group table that would help, as the baseline's file writes it. */
export const SuggestedGroupRow = z.strictObject({
  ...written,
  component: Component,
  direction: z.enum(['ingress', 'egress']),
  effect: z.literal('allow'),
  peer: z.union([
    z.strictObject({ component: Component }),
    z.strictObject({ service: GatewayService }),
    z.strictObject({ network: z.enum(['internet', 'vpc']) }),
  ]),
  ...told,
});
export type SuggestedGroupRow = z.infer<typeof SuggestedGroupRow>;

/** A row of the NACL table that would help, as the baseline's file writes it. */
export const SuggestedAclRow = z.strictObject({
  ...written,
  tier: Tier,
  direction: z.enum(['inbound', 'outbound']),
  number: z.int(),
  action: z.enum(['allow', 'deny']),
  peer: z.union([z.strictObject({ tier: Tier }), z.strictObject({ network: z.enum(['internet', 'vpc']) })]),
  ...told,
});
export type SuggestedAclRow = z.infer<typeof SuggestedAclRow>;

/** Rows that would let the blocked flows through. */
export const Suggestion = z.strictObject({
  securityGroups: z.array(SuggestedGroupRow),
  networkAcls: z.array(SuggestedAclRow),
  least: Count.describe(
    'The lists that block something: fewer rows cannot do, since a row stands in one list',
  ),
  stillBlocked: z.array(FlowId).describe('The flows that do not pass even with them'),
  noRoom: z.array(RowList).describe('The lists that have no free numbers before the row that blocks'),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** What `securecart baseline check` says: the same baseline gives the same bytes, since no account is asked. */
export const BaselineCheck = z.strictObject({
  schemaVersion: z.literal(1),
  tool: Report.shape.tool,
  baseline: Report.shape.baseline,
  summary: z.strictObject({
    flows: z.strictObject({ sound: Count, total: Count }),
    defects: Count,
    notes: Count,
  }),
  flows: z.array(FlowVerdict),
  rows: z.array(RowVerdict),
  remarks: z.array(Remark),
  parties: z.array(Party),
  reach: z.array(Reach),
  openings: z.array(Opening),
  suggestion: Suggestion,
});
export type BaselineCheck = z.infer<typeof BaselineCheck>;
