import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

/** SecureCart's security design, as it was given: its three tables row by row, and its bullets and use cases. */
const securityGroupTable = [
  'Application Load Balancer (ALB) | HTTP/HTTPS | 0.0.0.0/0 (Public) | 80, 443 | Inbound | Accepts web traffic from customers.',
  'Application Load Balancer (ALB) | HTTP/HTTPS | VPC CIDR | 80, 443 | Outbound | Sends traffic to backend services.',
  'ECS/EC2 Backend Services | HTTP | ALB Security Group | 8080 | Inbound | Only allows traffic from ALB.',
  'ECS/EC2 Backend Services | Database | RDS Security Group | 5432 | Inbound | Allows backend services to connect to RDS.',
  'ECS/EC2 Backend Services | All | Internet | Deny | Inbound | Blocks direct internet access.',
  'ECS/EC2 Backend Services | HTTPS | S3 (AWS Services) | 443 | Outbound | Allows secure connection to AWS services like S3.',
  'Amazon RDS (PostgreSQL) | Database | ECS/EC2 Backend Security Group | 5432 | Inbound | Ensures only backend services can access the database.',
  'Amazon RDS (PostgreSQL) | All | Internet | Deny | Inbound | Blocks unauthorized direct database access.',
  'Lambda Functions | HTTPS | Internet | 443 | Outbound | Allows Lambda to interact with AWS APIs securely.',
];

const networkAclTable = [
  '100 | Public Subnet (ALB) | HTTP/HTTPS | 0.0.0.0/0 (Internet) | 80, 443 | Inbound | Allow | Allows public web traffic to ALB.',
  '110 | Public Subnet (ALB) | All | 0.0.0.0/0 | All | Inbound | Deny | Blocks all other inbound traffic.',
  '120 | Public Subnet (ALB) | HTTP/HTTPS | VPC CIDR | 80, 443 | Outbound | Allow | Allows traffic to backend services.',
  '130 | Public Subnet (ALB) | All | 0.0.0.0/0 | All | Outbound | Deny | Blocks unintended outbound traffic.',
  '200 | Private Subnet (ECS/Backend Services) | HTTP | Public Subnet (ALB) | 8080 | Inbound | Allow | Allows ALB to send traffic to backend services.',
  '210 | Private Subnet (ECS/Backend Services) | Database | Database Subnet | 5432 | Inbound | Allow | Allows backend services to connect to RDS.',
  '220 | Private Subnet (ECS/Backend Services) | All | 0.0.0.0/0 | All | Inbound | Deny | Blocks all other inbound traffic.',
  '230 | Private Subnet (ECS/Backend Services) | HTTPS | 0.0.0.0/0 | 443 | Outbound | Allow | Allows secure AWS API access (e.g., S3, Secrets Manager).',
  '300 | Database Subnet (RDS) | Database | Private Subnet (ECS) | 5432 | Inbound | Allow | Ensures only backend services can access the database.',
  '310 | Database Subnet (RDS) | All | 0.0.0.0/0 | All | Inbound | Deny | Blocks unauthorized database access.',
  '320 | Database Subnet (RDS) | All | 0.0.0.0/0 | All | Outbound | Deny | Prevents unintended outbound connections.',
];

const wafTable = [
  'Block SQL Injection | AWS Managed Rule | Block | Prevents SQL Injection attempts targeting API requests.',
  'Block XSS Attacks | AWS Managed Rule | Block | Protects against JavaScript injection in web forms.',
  'Rate Limiting | Rate-Based Rule | Block if > 100 requests in 5 min | Prevents bot-driven brute force attacks.',
  'Block Known Malicious IPs | IP Reputation List | Block | Uses AWS Threat Intelligence feeds to block malicious actors.',
  'Block Requests from Unapproved Countries | Geo-Blocking | Block | Restricts access to SecureCart’s API to U.S. and Europe only.',
];

const bullets = [
  // Secure Application Configuration & Credentials
  'Use AWS Secrets Manager to store sensitive data such as',
  'Database credentials (Amazon RDS PostgreSQL)',
  'API keys for payment gateways',
  'OAuth tokens for third-party services',
  'IAM Role-based access ensures that',
  'Only authorized applications retrieve secrets.',
  'Developers do not have direct access to production secrets.',
  'AWS Systems Manager Parameter Store manages non-sensitive application configurations securely.',
  'SecureCart’s ECS Fargate tasks retrieve RDS credentials from AWS Secrets Manager, ensuring credentials are never stored in application code.',
  // Implement Network Segmentation & Security
  'VPC Architecture & Segmentation',
  'Public Subnets → Only for Load Balancers (ALB) and API Gateway.',
  'Private Subnets → Application servers, RDS databases, and backend services.',
  'Restrict inbound/outbound access for each application component.',
  'Provide additional filtering for subnet-level control.',
  'Protects API Gateway and ALB from attacks like SQL Injection and XSS.',
  'The following AWS WAF rule set is applied to SecureCart’s ALB and API Gateway.',
  'AWS WAF automatically updates managed rulesets, ensuring continuous protection against evolving threats.',
  'Defends SecureCart against DDoS attacks on its public endpoints.',
  'SecureCart’s RDS database is placed in a private subnet, ensuring only ECS tasks can connect through Security Groups and blocking all external access.',
  // Enforce Secure Application Access
  'SecureCart customers authenticate via Cognito User Pools before accessing the platform.',
  'IAM Role-based Access for Services',
  'ECS tasks assume IAM roles to interact with S3 and DynamoDB.',
  'Lambda functions assume roles to process customer orders securely.',
  'Enforces Cognito-based authentication for API endpoints.',
  'SecureCart’s API Gateway allows only authenticated Cognito users to fetch order history, ensuring unauthorized requests are blocked.',
  // Protecting Workloads from External Threats
  'Monitors for anomalous API calls, unauthorized access attempts, and data exfiltration.',
  'Blocks malicious traffic such as SQL Injection and XSS attacks.',
  'Ensures compliance by checking security settings (e.g., encrypted S3 buckets, security group rules).',
  'Logs every API request for security auditing and investigation.',
  'If AWS GuardDuty detects a brute-force attack, SecureCart automatically updates WAF rules to block the attacker’s IP.',
  // Automating Security & Compliance
  'Centralizes security findings across GuardDuty, AWS Config, and IAM Access Analyzer.',
  'AWS Lambda for Automated Security Remediation',
  'Automatically revokes excessive permissions when detected.',
  'Disables unused IAM access keys.',
  'Identifies unintended public access to resources.',
  'Ensures encryption is enabled for S3, RDS, and EBS volumes.',
  'SecureCart enforces automatic encryption for new S3 buckets using an AWS Config rule, preventing misconfigurations.',
];

type Mapping = Record<string, unknown>;

const isMapping = (value: unknown): value is Mapping => typeof value === 'object' && value !== null;

const mappingsIn = (value: unknown): Mapping[] =>
  isMapping(value) ? [value, ...Object.values(value).flatMap(mappingsIn)] : [];

/** The items of the baseline that have words of the document, read as plain YAML: what the program makes of them is not asked. */
const baseline: unknown = parse(readFileSync('securecart-baseline.yaml', 'utf8'));
const worded = mappingsIn(baseline).flatMap(({ id, document }) => {
  const words = isMapping(document) && 'wording' in document ? document.wording : document;
  return [words].flat().flatMap(wording => (typeof wording === 'string' ? [{ id, wording }] : []));
});
const idsWith = (wording: string) => worded.filter(item => item.wording === wording).map(({ id }) => id);

test.each([...securityGroupTable, ...networkAclTable, ...wafTable])('one row of the baseline is: %s', row => {
  expect(idsWith(row)).toEqual([expect.any(String)]);
});

test.each(bullets)('the baseline has: %s', bullet => {
  expect(idsWith(bullet)).toEqual(expect.arrayContaining([expect.any(String)]));
});

test('the baseline puts no words into the mouth of the document', () => {
  const said = new Set([...securityGroupTable, ...networkAclTable, ...wafTable, ...bullets]);
  expect(worded.map(({ wording }) => wording).filter(wording => !said.has(wording))).toEqual([]);
});
