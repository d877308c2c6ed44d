import { webAclResource } from '../../findings/entry-resources.ts';
import type { Finding } from '../../model/finding.ts';
import type { WebAcl } from '../../services/wafv2/facts.ts';
import { startLogging } from '../../services/wafv2/logging/changes.ts';
import { leave, unlessManaged } from '../leave.ts';
import { causeOf, NOTHING, type Proposal, type Scene } from '../scene.ts';
import { destinationOf, type OwnLogGroup } from './log-destination.ts';

/** Where web ACLs log to that have no log yet; AWS WAF takes names that start with aws-waf-logs-. */
export const WEB_ACL_LOGS: OwnLogGroup = {
  name: 'aws-waf-logs-securecart',
  component: 'web-acl-logs',
  of: 'the web ACLs',
};

/** Lets a web ACL log that has no log at all, to {@link WEB_ACL_LOGS}. Throws UnknownFact. */
export function logTo(
  scene: Scene,
  acl: WebAcl,
  tags: Readonly<Record<string, string>>,
  causes: readonly Finding[],
): Proposal {
  const { audit, region } = scene;
  const about = { region, resource: webAclResource(acl), for: causes.map(causeOf) };
  if (audit.value('wafv2.loggingConfigurations').some(({ webAcl }) => webAcl === acl.arn)) {
    if (causes.length === 0) return NOTHING;
    const detail =
      'Somebody has its log drop what is blocked: change the filter of its logging configuration.';
    return leave(about, 'no-mend', detail);
  }
  const { arn, after } = destinationOf(scene, WEB_ACL_LOGS);
  const change = startLogging(region, acl, arn, after);
  return unlessManaged(scene, about, tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...about,
        ...owned,
        id: change.id,
        title: `let web ACL ${acl.name} log what it does`,
        risk: 'safe',
        cost: 'CloudWatch Logs charges for what is logged by the GB; with waf.logging.logs: false in the baseline there is no log',
        changes: [change],
      },
    ],
  }));
}
