import { ListTagsForResourceCommand, type RDSClient } from '@aws-sdk/client-rds';
import { apiCall, type RegionAccess, tagsOf } from '../reader.ts';

/** The call that gives the tags of what says none of itself: of groups, which RDS lists without. */
export const listTags = apiCall('rds:ListTagsForResource');

/** The tags of what has this ARN. Throws CallError. */
export async function readTags(
  client: RDSClient,
  ResourceName: string,
  options?: RegionAccess['options'],
): Promise<Record<string, string>> {
  const { TagList } = await client.send(new ListTagsForResourceCommand({ ResourceName }), options);
  return tagsOf(TagList);
}
