import { defineControl } from '../../src/findings/control.ts';
import { associationsOf } from '../../src/findings/waf/association.ts';

export default defineControl({
  ...associationsOf('rest-api-stage'),
  id: 'waf/rest-stage-association',
  title: 'A web ACL stands before every stage of every REST API',
  severity: 'high',
  rationale:
    'Each stage has a web ACL of its own or none. A test stage of the same API reaches the same functions and tables, and is found by trying names.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-4',
  ],
  frameworks: { fsbp: ['APIGateway.4'], 'pci-4.0': ['6.4.1'], 'nist-800-53-r5': ['AC-4(21)'] },
});
