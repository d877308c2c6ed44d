import { testControl } from '../../test/catalogue/control-test.ts';
import publicIpOnLaunch from './public-ip-on-launch.ts';

testControl(publicIpOnLaunch, {
  'no subnet gives one': {
    expect: [
      { status: 'pass', resource: 'subnet-0a1', message: 'Nothing is given a public address at launch.' },
    ],
  },
  'the public tier gives none either': {
    given: facts => {
      for (const subnet of facts['ec2.subnets']) subnet.publicIpOnLaunch = subnet.id === 'subnet-0a1';
    },
    expect: [
      {
        status: 'fail',
        resource: 'subnet-0a1',
        message: 'Whatever is launched in this subnet of the tier public is given a public address.',
      },
    ],
  },
  'without subnets there is nothing to judge': {
    given: facts => {
      facts['ec2.subnets'] = [];
    },
    expect: [
      {
        status: 'not-applicable',
        resource: 'eu-west-1',
        message: 'Nothing in eu-west-1 is subject to this control.',
      },
    ],
  },
});
