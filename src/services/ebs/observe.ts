import {
  DescribeSnapshotAttributeCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
} from '@aws-sdk/client-ec2';
import type { ObjectKind } from '../../model/plan.ts';
import { nullOn } from '../null-on.ts';
import { given } from '../reader.ts';
import type { Observer } from '../writer.ts';
import { defaultEncryptionState, snapshotState } from './changes.ts';
import { restorers } from './read.ts';

/** How EBS's settings and snapshots are looked at. */
export const ebsObservers = {
  'ebs-default-encryption': {
    permissions: ['ec2:GetEbsEncryptionByDefault'],
    observe: async (session, region) => {
      const answer = await session.client(EC2Client, region).send(new GetEbsEncryptionByDefaultCommand({}));
      const enabled = given(answer.EbsEncryptionByDefault, 'EbsEncryptionByDefault');
      return { state: defaultEncryptionState(enabled), handles: {} };
    },
  },
  'ebs-snapshot': {
    permissions: ['ec2:DescribeSnapshotAttribute'],
    observe: async (session, region, SnapshotId) => {
      const command = new DescribeSnapshotAttributeCommand({
        SnapshotId,
        Attribute: 'createVolumePermission',
      });
      const state = await nullOn('InvalidSnapshot.NotFound', async () => {
        return snapshotState(restorers(await session.client(EC2Client, region).send(command)));
      });
      return { state, handles: {} };
    },
  },
} as const satisfies Partial<Record<ObjectKind, Observer>>;
