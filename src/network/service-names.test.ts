import { expect, test } from 'vitest';
import { Region } from '../model/identifiers.ts';
import { endpointServiceName, isServiceName } from './service-names.ts';

const interfaces = ['secretsmanager', 'ssm', 'ecr.api', 'ecr.dkr', 'logs', 'kms', 'sts'];

/** The services of which DescribeVpcEndpointServices in China says `cn.`, and those of which it does not. */
test.each([
  ['eu-west-1', []],
  ['us-gov-west-1', []],
  ['cn-north-1', ['ecr.api', 'ecr.dkr', 'sts']],
  ['cn-northwest-1', ['ecr.api', 'ecr.dkr', 'sts']],
])('in %s the interface endpoints of the baseline have the common names but for %j', (name, others) => {
  const region = Region.parse(name);
  const names = interfaces.map(service => endpointServiceName('Interface', region, service));
  expect(names.filter(one => !one.startsWith(`com.amazonaws.${name}.`))).toEqual(
    others.map(service => `cn.com.amazonaws.${name}.${service}`),
  );
});

test.each([
  ['com.amazonaws.cn-north-1.s3', 'cn-north-1', true],
  ['cn.com.amazonaws.cn-north-1.s3', 'cn-north-1', true],
  // Outside China this is anybody's to give.
  ['cn.com.amazonaws.eu-west-1.s3', 'eu-west-1', false],
  ['com.amazonaws.eu-west-2.s3', 'eu-west-1', false],
  ['com.example.eu-west-1.s3', 'eu-west-1', false],
])('%s in %s is S3: %s', (name, region, is) => {
  expect(isServiceName(name, Region.parse(region), 's3')).toBe(is);
});

test('a gateway endpoint has the common name in China too', () => {
  expect(endpointServiceName('Gateway', Region.parse('cn-north-1'), 's3')).toBe(
    'com.amazonaws.cn-north-1.s3',
  );
});
