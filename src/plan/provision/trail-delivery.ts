import type { Scene } from '../scene.ts';
import type { LogDelivery } from './log-delivery.ts';

const LOG_GROUP = 'securecart-cloudtrail';

/** What a trail delivers to CloudWatch Logs by, in its home Region. */
export const trailDelivery = ({ audit, region }: Scene): LogDelivery => ({
  component: 'trail',
  of: 'trail',
  logGroup: LOG_GROUP,
  role: {
    name: `securecart-cloudtrail-${region}`,
    description: 'Delivers the SecureCart trail to CloudWatch Logs.',
    // CloudTrail does not say that it tells whose trail it is when it takes the role on; only who may pass the role on can use it.
    trust: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudtrail.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: audit.arnOf('logs', audit.account, `log-group:${LOG_GROUP}:log-stream:*`),
        },
      ],
    },
    stranger:
      'It has the name of the role by which the trail is delivered to CloudWatch Logs, and trusts another than CloudTrail. Delete it, or let the trail deliver by hand.',
  },
});
