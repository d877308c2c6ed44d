import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { nullOn } from '../null-on.ts';
import type { ApiCall, Reader } from '../reader.ts';
import { publicAccessBlock } from './read-setting.ts';

// S3 has a call of the same name for a bucket, which another action allows.
const publicAccess: ApiCall = {
  call: 's3control:GetPublicAccessBlock',
  action: 's3:GetAccountPublicAccessBlock',
};

/** The account's own settings, whichever Region is asked. */
export const accountPublicAccessBlock: Reader<'s3.accountPublicAccessBlock'> = {
  calls: [publicAccess],
  needs: [],
  read: ({ client, options, account }) =>
    nullOn('NoSuchPublicAccessBlockConfiguration', async () => {
      const command = new GetPublicAccessBlockCommand({ AccountId: account().id });
      const answer = await client(S3ControlClient).send(command, options);
      return publicAccessBlock(answer.PublicAccessBlockConfiguration);
    }),
};
