import {
  GetIPSetCommand,
  GetLoggingConfigurationCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListTagsForResourceCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { fromPages } from '../../aws/pages.ts';
import type { Session } from '../../aws/session.ts';
import type { Region } from '../../model/identifiers.ts';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given, type RegionAccess, tagsOf } from '../reader.ts';
import type { Observation, Observer } from '../writer.ts';
import { associationState } from './association/changes.ts';
import { ipSetState } from './ip-set/changes.ts';
import { loggingState } from './logging/changes.ts';
import { definition, loggingConfiguration, webAclPages } from './read.ts';
import { ipSetPages } from './read-for-mends.ts';
import { webAclState } from './web-acl/changes.ts';

/** How what there is of AWS WAF, and which of it stands before what, is looked at. */
export const wafv2Observers = {
  'web-acl': {
    permissions: ['wafv2:GetWebACL', 'wafv2:ListTagsForResource', 'wafv2:ListWebACLs'],
    observe: async (session, region, arn) => {
      const command = new GetWebACLCommand({ Scope: 'REGIONAL', ...keyIn(arn) });
      const answer = await unlessGone(() => session.client(WAFV2Client, region).send(command));
      if (answer === null) return ABSENT;
      const { LockToken, WebACL } = answer;
      return {
        state: webAclState(definition(given(WebACL, 'WebACL')), await tagsAt(session, region, arn)),
        handles: { id: keyIn(arn).Id, lockToken: given(LockToken, 'LockToken') },
      };
    },
    find: async (session, region, tags) => {
      const pages = webAclPages(accessTo(session, region));
      const arns = await fromPages(pages, ({ WebACLs }) => (WebACLs ?? []).map(arnOf));
      return tagged(session, region, arns, tags);
    },
    namesakes: async (session, region, { Name }) =>
      fromPages(webAclPages(accessTo(session, region)), ({ WebACLs = [] }) =>
        WebACLs.filter(other => other.Name === Name).map(arnOf),
      ),
  },
  'ip-set': {
    permissions: ['wafv2:GetIPSet', 'wafv2:ListIPSets', 'wafv2:ListTagsForResource'],
    observe: async (session, region, arn) => {
      const command = new GetIPSetCommand({ Scope: 'REGIONAL', ...keyIn(arn) });
      const answer = await unlessGone(() => session.client(WAFV2Client, region).send(command));
      if (answer === null) return ABSENT;
      const { Name, IPAddressVersion, Addresses = [] } = given(answer.IPSet, 'IPSet');
      return {
        state: ipSetState({
          name: given(Name, 'Name of an IP set'),
          version: given(IPAddressVersion, 'IPAddressVersion'),
          addresses: Addresses,
          tags: await tagsAt(session, region, arn),
        }),
        handles: { id: keyIn(arn).Id, lockToken: given(answer.LockToken, 'LockToken') },
      };
    },
    find: async (session, region, tags) => {
      const pages = ipSetPages(accessTo(session, region));
      const arns = await fromPages(pages, ({ IPSets }) => (IPSets ?? []).map(arnOf));
      return tagged(session, region, arns, tags);
    },
    namesakes: async (session, region, { Name }) =>
      fromPages(ipSetPages(accessTo(session, region)), ({ IPSets = [] }) =>
        IPSets.filter(other => other.Name === Name).map(arnOf),
      ),
  },
  'web-acl-logging': {
    permissions: ['wafv2:GetLoggingConfiguration'],
    observe: async (session, region, ResourceArn) => {
      const command = new GetLoggingConfigurationCommand({ ResourceArn });
      const answer = await unlessGone(() => session.client(WAFV2Client, region).send(command));
      if (answer === null) return ABSENT;
      const found = loggingConfiguration(given(answer.LoggingConfiguration, 'LoggingConfiguration'));
      return { state: loggingState(found), handles: {} };
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
      const state = await unlessGone(async () => {
        const { WebACL } = await session.client(WAFV2Client, region).send(command);
        // moto gives null where AWS gives nothing.
        return associationState(WebACL ? given(WebACL.ARN, 'ARN of a web ACL') : null);
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

const ABSENT: Observation = { state: null, handles: {} };

const unlessGone = <T>(ask: () => Promise<T>): Promise<T | null> =>
  nullOn('WAFNonexistentItemException', ask);

/** The name and the id that a call takes, which stand in the ARN: `….:regional/webacl/NAME/ID`. */
function keyIn(arn: string): { Name: string; Id: string } {
  const [, , Name = '', Id = ''] = arn.split('/');
  return { Name, Id };
}

const arnOf = ({ ARN }: { ARN?: string | undefined }): string => given(ARN, 'ARN');

const accessTo = (session: Session, region: Region): Pick<RegionAccess, 'client' | 'options'> => ({
  client: clientClass => session.client(clientClass, region),
  options: { abortSignal: session.signal },
});

async function tagsAt(
  session: Session,
  region: Region,
  ResourceARN: string,
): Promise<Record<string, string>> {
  const command = new ListTagsForResourceCommand({ ResourceARN });
  const { TagInfoForResource } = await session.client(WAFV2Client, region).send(command);
  return tagsOf(TagInfoForResource?.TagList);
}

async function tagged(
  session: Session,
  region: Region,
  arns: readonly string[],
  tags: Readonly<Record<string, string>>,
): Promise<string[]> {
  const all = await Promise.all(
    arns.map(async arn => {
      const own = await tagsAt(session, region, arn);
      return Object.entries(tags).every(([key, value]) => own[key] === value) ? arn : [];
    }),
  );
  return all.flat();
}
