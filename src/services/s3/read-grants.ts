import { GetBucketAclCommand, type Grant, S3Client } from '@aws-sdk/client-s3';
import { need } from '../../model/fact.ts';
import { apiCall, part, type Reader, type RegionAccess } from '../reader.ts';

export const acl = apiCall('s3:GetBucketAcl');

/** The public grants of each bucket's ACL. What the ACLs of its objects grant takes a call for each object, and is not read. */
export const publicGrants: Reader<'s3.publicGrants'> = {
  calls: [acl],
  needs: ['s3.buckets'],
  read: async access => {
    const buckets = need(await access.fact('s3.buckets'));
    return Promise.all(buckets.map(({ name }) => grantsOf(access, name)));
  },
};

const grantsOf = async (access: RegionAccess, bucket: string) => ({
  bucket,
  grants: await part(access, [acl], () => readGrants(access.client(S3Client), bucket, access.options)),
});

/** The public grants of a bucket's ACL. Throws CallError. */
export async function readGrants(
  client: S3Client,
  Bucket: string,
  options: RegionAccess['options'],
): Promise<string[]> {
  const { Grants = [] } = await client.send(new GetBucketAclCommand({ Bucket }), options);
  return Grants.flatMap(grantInWords).sort();
}

const groups = new Map([
  ['http://acs.amazonaws.com/groups/global/AllUsers', 'everyone'],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', 'everyone with an AWS account'],
]);

function grantInWords({ Grantee, Permission }: Grant): string[] {
  const whom = groups.get(Grantee?.URI ?? '');
  return whom === undefined || Permission === undefined ? [] : [`${Permission} to ${whom}`];
}
