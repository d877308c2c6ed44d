import { GetWebACLCommand, GetWebACLForResourceCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observation, Observer } from '../writer.ts';
import { associationState } from './association/changes.ts';
import { definition } from './read.ts';
import { webAclState } from './web-acl/changes.ts';

/** How web ACLs, and which of them stands before what, are looked at. */
export const wafv2Observers = {
  'web-acl': {
    permissions: ['wafv2:GetWebACL'],
    observe: async (session, region, arn): Promise<Observation> => {
      // All that GetWebACL takes stands in the ARN: `….:regional/webacl/NAME/ID`.
      const [, , Name, Id] = arn.split('/');
      const command = new GetWebACLCommand({ Scope: 'REGIONAL', Name, Id });
      const answer = await nullOn('WAFNonexistentItemException', () =>
        session.client(WAFV2Client, region).send(command),
      );
      if (answer === null) return { state: null, handles: {} };
      return {
        state: webAclState(definition(given(answer.WebACL, 'WebACL'))),
        handles: { lockToken: given(answer.LockToken, 'LockToken') },
      };
    },
  },
  'web-acl-association': {
    // IAM asks for one of the load balancers' or of API Gateway's as well.
    permissions: [
      'wafv2:GetWebACLForResource',
      'elasticloadbalancing:GetLoadBalancerWebACL',
      'apigateway:GetWebACL',
    ],
    observe: async (session, region, ResourceArn) => {
      const command = new GetWebACLForResourceCommand({ ResourceArn });
      const state = await nullOn('WAFNonexistentItemException', async () => {
        const { WebACL } = await session.client(WAFV2Client, region).send(command);
        // moto gives null where AWS gives nothing.
        return associationState(WebACL ? given(WebACL.ARN, 'ARN of a web ACL') : null);
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
