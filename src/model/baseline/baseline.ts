import { z } from 'zod';
import { Automations } from './automation.ts';
import { Parameters, Secrets } from './configuration.ts';
import { AccessAnalyzer, CloudTrail, Config, GuardDuty, SecurityHub } from './detection.ts';
import { Encryption } from './encryption.ts';
import { AccessKeys, Api, Authentication, Roles } from './identity.ts';
import { networkSections } from './network.ts';
import { Suppression } from './suppression.ts';
import { Shield, Waf } from './waf.ts';

/** The desired state of an account: what `securecart-baseline.yaml` says once it is read and found sound. */
export const Baseline = z.strictObject({
  version: z.literal(1).describe('The version of this format'),
  name: z.string().min(1).describe('What reports call this baseline'),
  ...networkSections,
  waf: Waf,
  shield: Shield,
  encryption: Encryption,
  authentication: Authentication,
  api: Api,
  secrets: Secrets,
  parameters: Parameters,
  roles: Roles,
  accessKeys: AccessKeys,
  guardDuty: GuardDuty,
  config: Config,
  cloudTrail: CloudTrail,
  securityHub: SecurityHub,
  accessAnalyzer: AccessAnalyzer,
  automations: Automations,
  suppressions: z.array(Suppression).optional().describe('The findings that are accepted for a while'),
});
export type Baseline = z.infer<typeof Baseline>;
