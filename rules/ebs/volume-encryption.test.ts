import { testControl } from '../../test/catalogue/control-test.ts';
import volumeEncryption from './volume-encryption.ts';

const message = 'The volume is not encrypted, and cannot be encrypted in place: the runbook replaces it.';

testControl(volumeEncryption, {
  'an encrypted one': {
    expect: [{ status: 'pass', resource: 'vol-0a', message: 'The volume is encrypted.' }],
  },
  'a plain one from before the default, with the commands that replace it': {
    given: facts => {
      for (const volume of facts['ebs.volumes']) volume.encrypted = false;
    },
    expect: [
      {
        status: 'fail',
        resource: 'vol-0a',
        message,
        runbook: [
          '# The instances stand still from here to the end, so that nothing is written after the snapshot.',
          'aws ec2 stop-instances --instance-ids i-0a --region eu-west-1',
          'aws ec2 wait instance-stopped --instance-ids i-0a --region eu-west-1',
          'SNAPSHOT=$(aws ec2 create-snapshot --volume-id vol-0a --query SnapshotId --output text --region eu-west-1)',
          'aws ec2 wait snapshot-completed --snapshot-ids $SNAPSHOT --region eu-west-1',
          '# Without --kms-key-id the default key of the Region encrypts it. Name type, size and IOPS where they are not the usual ones.',
          'VOLUME=$(aws ec2 create-volume --snapshot-id $SNAPSHOT --availability-zone eu-west-1a --encrypted --query VolumeId --output text --region eu-west-1)',
          'aws ec2 wait volume-available --volume-ids $VOLUME --region eu-west-1',
          'aws ec2 detach-volume --volume-id vol-0a --region eu-west-1',
          'aws ec2 wait volume-available --volume-ids vol-0a --region eu-west-1',
          'aws ec2 attach-volume --volume-id $VOLUME --instance-id i-0a --device /dev/xvda --region eu-west-1',
          'aws ec2 start-instances --instance-ids i-0a --region eu-west-1',
          '# Once all is well, delete what is plain:',
          'aws ec2 delete-volume --volume-id vol-0a --region eu-west-1',
          'aws ec2 delete-snapshot --snapshot-id $SNAPSHOT --region eu-west-1',
        ],
      },
    ],
  },
  'a plain one that nobody has attached is read by whoever attaches it': {
    given: facts => {
      for (const volume of facts['ebs.volumes']) {
        volume.encrypted = false;
        volume.attachments = [];
        volume.tags = { Name: 'old' };
      }
    },
    expect: [
      {
        status: 'fail',
        resource: 'vol-0a',
        message,
        runbook: [
          'SNAPSHOT=$(aws ec2 create-snapshot --volume-id vol-0a --query SnapshotId --output text --region eu-west-1)',
          'aws ec2 wait snapshot-completed --snapshot-ids $SNAPSHOT --region eu-west-1',
          '# Without --kms-key-id the default key of the Region encrypts it. Name type, size and IOPS where they are not the usual ones.',
          'VOLUME=$(aws ec2 create-volume --snapshot-id $SNAPSHOT --availability-zone eu-west-1a --encrypted --query VolumeId --output text --region eu-west-1)',
          'aws ec2 wait volume-available --volume-ids $VOLUME --region eu-west-1',
          '# Once all is well, delete what is plain:',
          'aws ec2 delete-volume --volume-id vol-0a --region eu-west-1',
          'aws ec2 delete-snapshot --snapshot-id $SNAPSHOT --region eu-west-1',
        ],
      },
    ],
  },
  'volumes that cannot be listed are not none': {
    denied: ['ebs.volumes'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a Region without volumes': {
    given: facts => {
      facts['ebs.volumes'] = [];
    },
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
