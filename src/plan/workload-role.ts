import { allowancesOf, type WorkloadRole } from '../findings/iam/wanted.ts';
import type { Json } from '../model/json.ts';
import type { Scene } from './scene.ts';

/** The inline policy that a Region's plans write: each Region has one of its own on the role, so that one can be taken back without another. */
export const policyName = ({ region }: Pick<Scene, 'region'>): string => `securecart-${region}`;

/** The trust policy that a row asks for. */
export const trustFor = ({ audit }: Pick<Scene, 'audit'>, { trusts }: WorkloadRole): Json => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: trusts },
      Action: 'sts:AssumeRole',
      ...(audit.baseline.roles.trustsOwnAccountOnly && {
        Condition: { StringEquals: { 'aws:SourceAccount': audit.account } },
      }),
    },
  ],
});

/** The policy that allows what a row names in the scene's Region. */
export const policyFor = ({ audit, region }: Pick<Scene, 'audit' | 'region'>, row: WorkloadRole): Json => ({
  Version: '2012-10-17',
  Statement: allowancesOf(row, { partition: audit.partition, account: audit.account, region }).map(
    ({ actions, resources }) => ({ Effect: 'Allow', Action: [...actions], Resource: [...resources] }),
  ),
});
