import type { Exchange } from './exchange.ts';
import { type Reply, withBody } from './reply.ts';

/** What of IAM moto gives otherwise than AWS. */
export const iamAmendments: Record<string, (exchange: Exchange, reply: Reply) => Reply> = {
  'iam:GetAccountSummary': withAGuardedRoot,
  'iam:ListAccessKeys': madeLongAgo,
};

/** moto's root user has no second factor, and no call can give it one; AWS says as well whether it has a password (SummaryKeyType). */
function withAGuardedRoot(_: Exchange, reply: Reply): Reply {
  const entry = (key: string) => `<entry><key>${key}</key><value>1</value></entry>`;
  const text = reply.body
    .toString()
    .replace(
      /<entry>\s*<key>AccountMFAEnabled<\/key>\s*<value>0<\/value>\s*<\/entry>/,
      entry('AccountMFAEnabled'),
    )
    .replace('</SummaryMap>', `${entry('AccountPasswordPresent')}</SummaryMap>`);
  return withBody(reply, text);
}

/** moto makes every key now; here all are of one day, so that an account is the same whenever it is built. */
function madeLongAgo(_: Exchange, reply: Reply): Reply {
  const day = '<CreateDate>2025-11-01T00:00:00Z</CreateDate>';
  return withBody(reply, reply.body.toString().replaceAll(/<CreateDate>.*?<\/CreateDate>/g, day));
}
