import { Fn, type IntrinsicValue } from '@awboost/cfn-template-builder/intrinsics';
import { Output } from '@awboost/cfn-template-builder/template/output';
import type { AnyResource } from './translation.ts';

/** What the shop's own stacks need of a resource: the name of the output ends so. */
interface Needed {
  readonly ending: 'Id' | 'Name' | 'Arn' | 'Ip';
  readonly what: string;
}

const needed: Readonly<Record<string, readonly Needed[]>> = {
  'AWS::EC2::VPC': [{ ending: 'Id', what: 'The VPC.' }],
  'AWS::EC2::Subnet': [{ ending: 'Id', what: 'A subnet, for what stands in its tier.' }],
  'AWS::EC2::EIP': [
    { ending: 'Ip', what: 'The address from which a NAT gateway speaks, for others to let in.' },
  ],
  'AWS::EC2::SecurityGroup': [{ ending: 'Id', what: 'The security group for its component to carry.' }],
  'AWS::RDS::DBSubnetGroup': [{ ending: 'Name', what: 'The subnet group for the database.' }],
  'AWS::RDS::DBParameterGroup': [{ ending: 'Name', what: 'The parameter group for the database.' }],
  'AWS::WAFv2::WebACL': [
    { ending: 'Arn', what: 'The web ACL, to associate with load balancers and stages of REST APIs.' },
  ],
  'AWS::Cognito::UserPool': [
    { ending: 'Id', what: 'The user pool, of which the issuer for an HTTP API is made.' },
    { ending: 'Arn', what: 'The user pool, for the authorizer of a REST API.' },
  ],
  'AWS::Cognito::UserPoolClient': [
    { ending: 'Id', what: 'The client, for what signs users in and for the audience of an HTTP API.' },
  ],
  'AWS::SecretsManager::Secret': [
    // Its reference is its ARN.
    { ending: 'Id', what: 'The ARN of the secret, for containers to name as valueFrom.' },
  ],
  'AWS::KMS::Key': [{ ending: 'Arn', what: 'The customer key, for buckets with customer data.' }],
};

/** What a stack tells whoever puts the shop itself into what it built. */
export const outputsOf = (resources: Iterable<AnyResource>): Output[] =>
  [...resources].flatMap(resource =>
    (needed[resource.type] ?? []).map(
      ({ ending, what }) =>
        new Output(`${resource.name}${ending}`, { Description: what, Value: attributeOf(resource, ending) }),
    ),
  );

const attributeOf = ({ name, ref }: AnyResource, ending: Needed['ending']): IntrinsicValue =>
  ending === 'Arn' ? Fn.getAtt(name, 'Arn') : ref;
