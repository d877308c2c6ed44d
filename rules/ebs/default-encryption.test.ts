import { testControl } from '../../test/catalogue/control-test.ts';
import defaultEncryption from './default-encryption.ts';

testControl(defaultEncryption, {
  on: { expect: [{ status: 'pass', resource: 'eu-west-1', message: 'Every new volume is encrypted.' }] },
  'off, though every volume of today is encrypted': {
    given: facts => {
      facts['ebs.encryptionByDefault'] = false;
    },
    expect: [
      {
        status: 'fail',
        resource: 'eu-west-1',
        message: 'A new volume is plain unless whoever makes it asks otherwise.',
      },
    ],
  },
  'a denied read is not off': {
    denied: ['ebs.encryptionByDefault'],
    expect: [{ status: 'unknown', resource: 'eu-west-1' }],
  },
  'a baseline that does not ask for it': {
    baseline: baseline => ({
      ...baseline,
      encryption: {
        ...baseline.encryption,
        ebs: {
          ...baseline.encryption.ebs,
          default: { ...baseline.encryption.ebs.default, encrypted: false },
        },
      },
    }),
    expect: [{ status: 'not-applicable', resource: 'eu-west-1' }],
  },
});
