import { defineControl } from '../../src/findings/control.ts';
import { associationsOf } from '../../src/findings/waf/association.ts';

export default defineControl({
  ...associationsOf('internet-facing-load-balancer'),
  id: 'waf/alb-association',
  title: 'A web ACL stands before every load balancer that faces the internet',
  severity: 'high',
  rationale:
    'A web ACL protects what it is associated with and nothing else: a second load balancer, put up for a test, is a way around all of its rules.',
  sources: [
    'https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16',
  ],
  frameworks: { fsbp: ['ELB.16'], 'pci-4.0': ['6.4.1'], 'nist-800-53-r5': ['AC-4(21)'] },
});
