import { type FunctionConfiguration, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { fromPages } from '../../aws/pages.ts';
import { apiCall, given, type Readers, sortedBy } from '../reader.ts';
import type { LambdaFunction, lambdaFacts } from './facts.ts';

/** How Lambda's facts are read. The answer holds the functions' environment; it is left where it is. */
export const lambdaReaders = {
  'lambda.functions': {
    calls: [apiCall('lambda:ListFunctions')],
    needs: [],
    read: async ({ client, options }) => {
      // Lambda gives 50 a page, however many are asked for.
      const pages = paginateListFunctions({ client: client(LambdaClient), pageSize: 50 }, {}, options);
      const all = await fromPages(pages, page => (page.Functions ?? []).map(lambdaFunction));
      return sortedBy(all, ({ arn }) => arn);
    },
  },
} as const satisfies Readers<keyof typeof lambdaFacts>;

function lambdaFunction(from: FunctionConfiguration): LambdaFunction {
  const vpc = from.VpcConfig;
  return {
    arn: given(from.FunctionArn, 'FunctionArn'),
    name: given(from.FunctionName, 'FunctionName'),
    role: given(from.Role, 'Role of a function'),
    // A function that has left its VPC keeps a VpcConfig of empty strings and lists.
    ...(vpc?.VpcId !== undefined &&
      vpc.VpcId !== '' && {
        vpc: {
          id: vpc.VpcId,
          subnets: [...(vpc.SubnetIds ?? [])].sort(),
          securityGroups: [...(vpc.SecurityGroupIds ?? [])].sort(),
        },
      }),
  };
}
