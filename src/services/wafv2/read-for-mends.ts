import { ListIPSetsCommand, ListTagsForResourceCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { fromPages } from '../../aws/pages.ts';
import { need } from '../../model/fact.ts';
import { apiCall, given, part, type Reader, type RegionAccess, sortedBy, tagsOf } from '../reader.ts';

const listTags = apiCall('wafv2:ListTagsForResource');

/** The name and ARN of every IP set. */
export const listedIpSets: Reader<'wafv2.listedIpSets'> = {
  calls: [apiCall('wafv2:ListIPSets')],
  needs: [],
  read: async access => {
    const all = await fromPages(ipSetPages(access), ({ IPSets }) =>
      (IPSets ?? []).map(({ ARN, Name }) => ({
        arn: given(ARN, 'ARN of an IP set'),
        name: given(Name, 'Name of an IP set'),
      })),
    );
    return sortedBy(all, ({ arn }) => arn);
  },
};

/** The SDK has no paginators for AWS WAF. */
export async function* ipSetPages({ client, options }: Pick<RegionAccess, 'client' | 'options'>) {
  let NextMarker: string | undefined;
  do {
    const command = new ListIPSetsCommand({ Scope: 'REGIONAL', Limit: 100, NextMarker });
    const answer = await client(WAFV2Client).send(command, options);
    yield answer;
    NextMarker = answer.NextMarker;
  } while (NextMarker);
}

/** The tags of every web ACL, by which its other owners are known. */
export const webAclTags: Reader<'wafv2.webAclTags'> = {
  calls: [listTags],
  needs: ['wafv2.webAcls'],
  read: async access => {
    const acls = need(await access.fact('wafv2.webAcls'));
    return Promise.all(
      acls.map(async ({ arn }) => ({
        webAcl: arn,
        tags: await part(access, [listTags], async () => {
          const command = new ListTagsForResourceCommand({ ResourceARN: arn });
          const answer = await access.client(WAFV2Client).send(command, access.options);
          return tagsOf(answer.TagInfoForResource?.TagList);
        }),
      })),
    );
  },
};
