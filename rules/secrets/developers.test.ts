import { OWNER } from '../../test/builders/place.ts';
import { READER, refusing, secretPolicy, withPolicy } from '../../test/builders/secrets.ts';
import { type Case, testControl } from '../../test/catalogue/control-test.ts';
import developers from './developers.ts';

const resource = 'securecart/database';
const of = (path: string) => `arn:aws:iam::${OWNER}:${path}`;
const except = (...arns: string[]): Pick<Case, 'given'> => ({
  given: withPolicy(secretPolicy(refusing(arns))),
});
const people = (arn: string) => ({
  status: 'fail' as const,
  resource,
  severity: 'high' as const,
  message: `Its policy leaves out people from those whom it refuses: ${arn}.`,
});
const SSO = of('role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Developers_1');

testControl(developers, {
  'as the baseline wants': {
    expect: [
      {
        status: 'pass',
        resource,
        message: 'Its policy refuses users, the root user, and whoever signs in through IAM Identity Center.',
      },
    ],
  },
  'no policy': {
    given: withPolicy(null),
    expect: [
      {
        status: 'fail',
        resource,
        severity: 'medium',
        message: 'Its policy refuses nobody: a developer whom an IAM policy lets read it does.',
      },
    ],
  },
  'a role of an application that is no reader': {
    ...except(READER, of('role/reports')),
    expect: [{ status: 'pass', resource }],
  },
  'a user': { ...except(READER, of('user/ada')), expect: [people(of('user/ada'))] },
  'the root user': { ...except(READER, of('root')), expect: [people(of('root'))] },
  'a role of IAM Identity Center': { ...except(READER, SSO), expect: [people(SSO)] },
  'roles that begin so': { ...except(of('role/securecart-*')), expect: [people(of('role/securecart-*'))] },
  'a session of an application': {
    ...except(`arn:aws:sts::${OWNER}:assumed-role/reports/*`),
    expect: [{ status: 'pass', resource }],
  },
});
