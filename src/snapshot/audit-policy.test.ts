import { expect, test } from 'vitest';
import { auditPolicy } from './audit-policy.ts';

test('the policy allows what the facts need, what these are made of, and listing the Regions; no more', async () => {
  expect(await auditPolicy(['lambda.functions', 'ec2.prefixLists'])).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadEc2',
        Effect: 'Allow',
        Action: [
          'ec2:DescribeManagedPrefixLists',
          'ec2:DescribeRegions',
          'ec2:DescribeRouteTables',
          'ec2:DescribeSecurityGroupRules',
          'ec2:GetManagedPrefixListEntries',
        ],
        Resource: '*',
      },
      { Sid: 'ReadLambda', Effect: 'Allow', Action: ['lambda:ListFunctions'], Resource: '*' },
    ],
  });
});

test('an action that reads keys and certificates too is allowed on APIs alone', async () => {
  const { Statement } = await auditPolicy(['apigateway.restApis', 'apigatewayv2.httpApis']);
  expect(Statement.filter(({ Resource }) => Resource !== '*')).toEqual([
    {
      Sid: 'ReadApigateway',
      Effect: 'Allow',
      Action: ['apigateway:GET'],
      Resource: ['arn:*:apigateway:*::/apis*', 'arn:*:apigateway:*::/restapis*'],
    },
  ]);
});
