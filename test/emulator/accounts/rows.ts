/**
 * The rows of the SecureCart document's network tables, and the derived rows without which its flows do not pass,
 * written out by hand: an account built from them does not depend on the baseline file that it is audited against.
 */

export const cidrs = {
  vpc: '10.0.0.0/16',
  public: '10.0.0.0/20',
  private: '10.0.16.0/20',
  database: '10.0.32.0/20',
  anywhere: '0.0.0.0/0',
} as const;

export const tiers = ['public', 'private', 'database'] as const;
export type Tier = (typeof tiers)[number];

/** Each tier's subnet in the first and in the second Availability Zone. */
export const subnetCidrs = {
  public: ['10.0.0.0/24', '10.0.1.0/24'],
  private: ['10.0.16.0/24', '10.0.17.0/24'],
  database: ['10.0.32.0/24', '10.0.33.0/24'],
} as const satisfies Record<Tier, readonly [string, string]>;

/** The services of AWS's that the private tier reaches by its routes. */
export const gatewayServices = ['s3', 'dynamodb'] as const;
export type GatewayService = (typeof gatewayServices)[number];

export const components = ['alb', 'backend', 'rds', 'lambda', 'endpoints'] as const;
export type Component = (typeof components)[number];

/** What a rule lets in from or out to: another component's group, a CIDR, or the prefix list of a service of AWS's. */
export type GroupPeer = { group: Component } | { cidr: string } | { service: GatewayService };
export type GroupRow = {
  component: Component;
  direction: 'ingress' | 'egress';
  port: number;
  peer: GroupPeer;
  derived?: true;
};

/** The table's Deny rows have no rule: a group denies what it does not allow. */
export const groupRows: readonly GroupRow[] = [
  { component: 'alb', direction: 'ingress', port: 80, peer: { cidr: cidrs.anywhere } },
  { component: 'alb', direction: 'ingress', port: 443, peer: { cidr: cidrs.anywhere } },
  { component: 'alb', direction: 'egress', port: 80, peer: { cidr: cidrs.vpc } },
  { component: 'alb', direction: 'egress', port: 443, peer: { cidr: cidrs.vpc } },
  { component: 'alb', direction: 'egress', port: 8080, peer: { group: 'backend' }, derived: true },
  { component: 'backend', direction: 'ingress', port: 8080, peer: { group: 'alb' } },
  // The document has this row as inbound from RDS, against its own purpose.
  { component: 'backend', direction: 'egress', port: 5432, peer: { group: 'rds' } },
  { component: 'backend', direction: 'egress', port: 443, peer: { service: 's3' } },
  { component: 'backend', direction: 'egress', port: 443, peer: { service: 'dynamodb' }, derived: true },
  { component: 'backend', direction: 'egress', port: 443, peer: { group: 'endpoints' }, derived: true },
  { component: 'rds', direction: 'ingress', port: 5432, peer: { group: 'backend' } },
  { component: 'lambda', direction: 'egress', port: 443, peer: { cidr: cidrs.anywhere } },
  { component: 'endpoints', direction: 'ingress', port: 443, peer: { group: 'backend' }, derived: true },
  { component: 'endpoints', direction: 'ingress', port: 443, peer: { group: 'lambda' }, derived: true },
];

type Ports = { from: number; to: number };
export type AclRow = {
  tier: Tier;
  direction: 'ingress' | 'egress';
  number: number;
  action: 'allow' | 'deny';
  /** TCP ports; absent: everything of every protocol. */
  ports?: Ports;
  cidr: string;
  derived?: true;
};

const port = (number: number): Ports => ({ from: number, to: number });
const ephemeral = { from: 1024, to: 65535 };

/** "80, 443" under one number of the document is two entries. */
export const aclRows: readonly AclRow[] = [
  {
    tier: 'public',
    direction: 'ingress',
    number: 100,
    action: 'allow',
    ports: port(80),
    cidr: cidrs.anywhere,
  },
  {
    tier: 'public',
    direction: 'ingress',
    number: 101,
    action: 'allow',
    ports: port(443),
    cidr: cidrs.anywhere,
  },
  {
    tier: 'public',
    direction: 'ingress',
    number: 105,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.private,
    derived: true,
  },
  { tier: 'public', direction: 'ingress', number: 110, action: 'deny', cidr: cidrs.anywhere },
  { tier: 'public', direction: 'egress', number: 120, action: 'allow', ports: port(80), cidr: cidrs.vpc },
  { tier: 'public', direction: 'egress', number: 121, action: 'allow', ports: port(443), cidr: cidrs.vpc },
  {
    tier: 'public',
    direction: 'egress',
    number: 122,
    action: 'allow',
    ports: port(8080),
    cidr: cidrs.private,
    derived: true,
  },
  {
    tier: 'public',
    direction: 'egress',
    number: 123,
    action: 'deny',
    ports: ephemeral,
    cidr: cidrs.vpc,
    derived: true,
  },
  {
    tier: 'public',
    direction: 'egress',
    number: 124,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.anywhere,
    derived: true,
  },
  { tier: 'public', direction: 'egress', number: 130, action: 'deny', cidr: cidrs.anywhere },
  {
    tier: 'private',
    direction: 'ingress',
    number: 200,
    action: 'allow',
    ports: port(8080),
    cidr: cidrs.public,
  },
  {
    tier: 'private',
    direction: 'ingress',
    number: 211,
    action: 'allow',
    ports: port(443),
    cidr: cidrs.private,
    derived: true,
  },
  {
    tier: 'private',
    direction: 'ingress',
    number: 212,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.private,
    derived: true,
  },
  {
    tier: 'private',
    direction: 'ingress',
    number: 215,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.database,
    derived: true,
  },
  {
    tier: 'private',
    direction: 'ingress',
    number: 216,
    action: 'deny',
    ports: ephemeral,
    cidr: cidrs.vpc,
    derived: true,
  },
  {
    tier: 'private',
    direction: 'ingress',
    number: 217,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.anywhere,
    derived: true,
  },
  { tier: 'private', direction: 'ingress', number: 220, action: 'deny', cidr: cidrs.anywhere },
  {
    tier: 'private',
    direction: 'egress',
    number: 230,
    action: 'allow',
    ports: port(443),
    cidr: cidrs.anywhere,
  },
  {
    tier: 'private',
    direction: 'egress',
    number: 240,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.public,
    derived: true,
  },
  {
    tier: 'private',
    direction: 'egress',
    number: 245,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.private,
    derived: true,
  },
  // The document's row 210, which is inbound there, against its own purpose.
  {
    tier: 'private',
    direction: 'egress',
    number: 250,
    action: 'allow',
    ports: port(5432),
    cidr: cidrs.database,
  },
  {
    tier: 'database',
    direction: 'ingress',
    number: 300,
    action: 'allow',
    ports: port(5432),
    cidr: cidrs.private,
  },
  { tier: 'database', direction: 'ingress', number: 310, action: 'deny', cidr: cidrs.anywhere },
  {
    tier: 'database',
    direction: 'egress',
    number: 315,
    action: 'allow',
    ports: ephemeral,
    cidr: cidrs.private,
    derived: true,
  },
  { tier: 'database', direction: 'egress', number: 320, action: 'deny', cidr: cidrs.anywhere },
];

/** The AWS services that the private tier reaches through interface endpoints. */
export const endpointServices = [
  'secretsmanager',
  'ssm',
  'ecr.api',
  'ecr.dkr',
  'logs',
  'kms',
  'sts',
] as const;
