import { defineControl, type Outcome, type RegionAudit } from '../../src/findings/control.ts';
import { type ActiveWebAcl, definitionOf, judgeWebAcls, ownerNote } from '../../src/findings/waf/acls.ts';
import { frontFacts } from '../../src/findings/waf/fronts.ts';
import type { LoggingConfiguration } from '../../src/services/wafv2/facts.ts';

export default defineControl({
  id: 'waf/logging',
  title: 'The web ACL logs what it blocks, and counts it',
  severity: 'low',
  rationale:
    'Without the log nobody can tell which addresses attack, what they tried, or whether it was a customer who was blocked. A log whose filter drops what was blocked tells none of it.',
  remediation:
    'Put a logging configuration on the web ACL, to a destination whose name starts with aws-waf-logs-, with no filter that drops blocked requests; turn CloudWatch metrics on for the web ACL and each of its rules.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/logging.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-11',
  ],
  frameworks: { fsbp: ['WAF.11', 'WAF.12'], 'pci-4.0': ['10.2.1'] },
  needs: [...frontFacts, 'wafv2.loggingConfigurations'],
  scope: 'region',
  messages: {
    logged: 'It logs what it blocks and counts what it matches.',
    unlogged: 'It has no log: attacks on {behind} leave no trace.{owner}',
    dropped: 'The filter of its log drops blocked requests: attacks on {behind} leave no trace.{owner}',
    uncounted: 'CloudWatch has no metrics of {parts}.{owner}',
  },
  evaluate: (audit: RegionAudit) => judgeWebAcls(audit, acl => judgeWebAcl(audit, acl)),
});

type Message = 'logged' | 'unlogged' | 'dropped' | 'uncounted';

function* judgeWebAcl(audit: RegionAudit, acl: ActiveWebAcl): Iterable<Outcome<Message>> {
  const { logging } = audit.baseline.waf;
  const definition = definitionOf(acl);
  const log = audit.value('wafv2.loggingConfigurations').find(({ webAcl }) => webAcl === acl.webAcl.arn);
  const row = { id: logging.id, origin: logging.origin };
  const about = { resource: acl.resource, row, severity: logging.severity };
  const { behind } = acl;
  const owner = ownerNote(definition);
  const isDropped = log !== undefined && !keepsBlocked(log);
  const silent = [
    ...(definition.metrics ? [] : ['the web ACL']),
    ...definition.rules.flatMap(rule => (rule.metrics ? [] : `rule ${rule.priority} ${rule.name}`)),
  ];
  const isUncounted = logging.metrics && silent.length > 0;
  if (logging.logs && log === undefined) {
    yield { status: 'fail', ...about, key: 'log', message: 'unlogged', data: { behind, owner } };
  }
  if (logging.logs && isDropped) {
    yield { status: 'fail', ...about, key: 'log', message: 'dropped', data: { behind, owner } };
  }
  if (isUncounted) {
    const data = { parts: silent.join(', '), owner };
    yield { status: 'fail', ...about, key: 'metrics', message: 'uncounted', data };
  }
  if (isUncounted || (logging.logs && (log === undefined || isDropped))) return;
  yield { status: 'pass', ...about, message: 'logged' };
}

/** Whether every blocked request is surely logged. A filter that drops by a label may drop a blocked one. */
function keepsBlocked({ filter }: LoggingConfiguration): boolean {
  if (filter === undefined) return true;
  const isOnlyBlock = (actions: readonly string[]) => actions.every(action => action === 'BLOCK');
  const keeps = filter.filters.some(
    ({ behavior, requirement, actions, labels }) =>
      behavior === 'KEEP' &&
      actions.includes('BLOCK') &&
      (requirement === 'MEETS_ANY' || (labels.length === 0 && isOnlyBlock(actions))),
  );
  const drops = filter.filters.some(
    ({ behavior, requirement, actions, labels }) =>
      behavior === 'DROP' &&
      (actions.includes('BLOCK') ||
        actions.length === 0 ||
        (requirement === 'MEETS_ANY' && labels.length > 0)),
  );
  return !drops && (keeps || filter.default === 'KEEP');
}
