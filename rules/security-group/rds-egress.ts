import { defineControl } from '../../src/findings/control.ts';
import { securityGroupRows } from '../../src/findings/security-group-rows.ts';

export default defineControl({
  ...securityGroupRows('rds', 'egress'),
  id: 'security-group/rds-egress',
  title: 'The database sends nothing out',
  severity: 'medium',
  rationale:
    'PostgreSQL can open connections of its own, by foreign data wrappers and extensions. Without egress a database that is broken into carries nothing out.',
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  ],
  frameworks: {},
});
