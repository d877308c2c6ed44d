import type { Baseline } from '../model/baseline/baseline.ts';
import type { ControlId } from '../model/identifiers.ts';
import { type Report, systemOf } from '../model/report.ts';

type Section = Exclude<keyof Baseline, 'version' | 'name' | 'suppressions'>;

/** The systems whose controls look at each section of the baseline; those without a control are named all the same. */
export const systemsOfSections = {
  network: ['vpc'],
  components: ['security-group'],
  flows: ['reachability'],
  securityGroups: ['security-group'],
  networkAcls: ['network-acl'],
  waf: ['waf'],
  shield: ['shield'],
  encryption: ['ebs', 'kms', 'rds', 's3'],
  authentication: ['cognito'],
  api: ['api-gateway'],
  secrets: ['secrets'],
  parameters: ['parameters'],
  roles: ['iam'],
  accessKeys: ['access-key'],
  guardDuty: ['guardduty'],
  config: ['config'],
  cloudTrail: ['cloudtrail'],
  securityHub: ['security-hub'],
  accessAnalyzer: ['access-analyzer'],
  automations: ['automation'],
} as const satisfies Record<Section, readonly string[]>;

/** The sections of the baseline that an audit did not look at, in the baseline's order, and why it did not. */
export function unauditedSections(
  catalogue: readonly { readonly id: ControlId }[],
  selected: ReadonlySet<ControlId>,
): Report['coverage']['unaudited'] {
  const known = new Set(catalogue.map(({ id }) => systemOf(id)));
  const asked = new Set([...selected].map(systemOf));
  return Object.entries(systemsOfSections).flatMap(([section, systems]) => {
    if (systems.some(system => asked.has(system))) return [];
    const isKnown = systems.some(system => known.has(system));
    return [{ section, reason: isKnown ? ('not-selected' as const) : ('no-control' as const) }];
  });
}
