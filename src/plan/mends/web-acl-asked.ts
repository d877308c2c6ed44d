import { firstAllowing, referencesOf } from '../../findings/waf/step.ts';
import type { Waf, WafRule } from '../../model/baseline/waf.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Rule, WebAcl, WebAclDefinition } from '../../services/wafv2/facts.ts';
import type { Scene } from '../scene.ts';

/** What a web ACL is asked to do that it does not. */
export interface Asked {
  readonly rows: readonly WafRule[];
  /** Whether a rule's managed group is to follow AWS's versions. */
  readonly unpinned: (rule: Pick<Rule, 'name' | 'priority'>) => boolean;
  /** Whether CloudWatch is to count what it matches. */
  readonly counted: boolean;
  /** Whether what no rule decides about is to get through. */
  readonly opened: boolean;
  readonly logged: boolean;
}

const VERSIONS = 'waf/managed-versions';
const DEFAULT_ACTION = 'waf/default-action';
const LOGGING = 'waf/logging';

/** What findings about a web ACL ask of it. */
export const askedBy = ({ rules }: Waf, findings: readonly Finding[]): Asked => ({
  rows: rules.filter(({ id }) => findings.some(finding => finding.row?.id === id)),
  unpinned: rule => findings.some(finding => isPinned(finding, rule)),
  counted: findings.some(isUncounted),
  opened: findings.some(({ control }) => control === DEFAULT_ACTION),
  logged: findings.some(isUnlogged),
});

/** All that the baseline asks of a web ACL, but for what is accepted of it as it is. Throws UnknownFact. */
export function allOf({ audit, suppressed }: Scene, { arn, definition }: WebAcl): Asked {
  const { waf } = audit.baseline;
  const accepted = askedBy(
    waf,
    suppressed.filter(({ resource }) => resource.arn === arn),
  );
  const { rules, logging } = waf;
  return {
    rows: rules.filter(row => !accepted.rows.includes(row)),
    unpinned: rule => !accepted.unpinned(rule),
    counted: logging.metrics && !accepted.counted,
    opened: keepsAllOut(audit, need(definition)) && !accepted.opened,
    logged: logging.logs && !accepted.logged,
  };
}

/** Whether nothing gets through, whatever the rules block: none allows anything, and the default action is Block. Throws UnknownFact. */
export const keepsAllOut = (audit: Scene['audit'], definition: WebAclDefinition): boolean =>
  definition.defaultAction === 'block' && firstAllowing(definition, referencesOf(audit)) === undefined;

/** Whether a finding is that a rule's managed group is held at a version. */
export const isPinned = (
  { control, blame }: Finding,
  { name, priority }: Pick<Rule, 'name' | 'priority'>,
): boolean => control === VERSIONS && blame.includes(`${priority} ${name}`);

/** Whether a finding is that CloudWatch does not count something. */
export const isUncounted = ({ control, key }: Finding): boolean => control === LOGGING && key === 'metrics';

/** Whether a finding is that there is no log, or none of what is blocked. */
export const isUnlogged = ({ control, key }: Finding): boolean => control === LOGGING && key === 'log';

/** Whether a finding is that nothing gets through, or nothing from an approved country. */
export const isShut = ({ control, key }: Finding): boolean =>
  control === DEFAULT_ACTION || key.endsWith(' countriesShut');
