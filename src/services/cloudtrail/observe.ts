import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import type { Session } from '../../aws/session.ts';
import type { Region } from '../../model/identifiers.ts';
import type { ObjectKind } from '../../model/plan.ts';
import type { Observer } from '../writer.ts';
import { type TrailTerms, termsOf, trailState } from './changes.ts';
import { readSelectors, readTrailStatus, readTrailTags, trailSettings } from './read.ts';

/** How trails are looked at, in their home Region. */
export const cloudTrailObservers = {
  trail: {
    permissions: [
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:ListTags',
    ],
    observe: async (session, region, name) => {
      const terms = await see(session, region, name);
      return { state: terms && trailState(terms), handles: {} };
    },
    find: async (session, region, tags, { name }) => {
      const terms = typeof name === 'string' ? await see(session, region, name) : null;
      const isSought = Object.entries(tags).every(([key, value]) => terms?.tags[key] === value);
      return terms !== null && isSought ? [terms.name] : [];
    },
    namesakes: async (session, region, { Name }) => {
      const terms = typeof Name === 'string' ? await see(session, region, Name) : null;
      return terms === null ? [] : [terms.name];
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;

async function see(session: Session, region: Region, name: string): Promise<TrailTerms | null> {
  const client = session.client(CloudTrailClient, region);
  // A multi-Region trail of another Region is none of this one's, though it keeps its name there.
  const command = new DescribeTrailsCommand({ trailNameList: [name], includeShadowTrails: false });
  const { trailList = [] } = await client.send(command);
  const from = trailList.find(({ Name }) => Name === name);
  if (from === undefined) return null;
  const settings = trailSettings(from);
  const [status, selectors, tags] = await Promise.all([
    readTrailStatus(client, settings.arn),
    readSelectors(client, settings.arn),
    readTrailTags(client, settings.arn),
  ]);
  return termsOf(settings, { logging: status.logging, selectors, tags });
}
