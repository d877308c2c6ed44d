import { defineControl } from '../../src/findings/control.ts';
import { nothingFromOutside } from '../../src/findings/outside.ts';

export default defineControl({
  ...nothingFromOutside('rds'),
  id: 'security-group/rds-internet-ingress',
  title: 'No rule lets anything from outside the VPC into the database',
  severity: 'critical',
  rationale:
    'A database that is reached from outside is found by scanners within hours, and then only its password stands between them and every customer record.',
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
  ],
  frameworks: { fsbp: ['EC2.19'] },
});
