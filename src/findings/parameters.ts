import type { Parameters } from '../model/baseline/configuration.ts';
import type { Resource } from '../model/finding.ts';
import type { RegionAudit } from './control.ts';

type Place = Pick<RegionAudit, 'arnOf' | 'account'>;

/** The whole name of a parameter that the baseline asks for. */
export const parameterName = ({ path }: Parameters, { name }: { name: string }): string => `${path}/${name}`;

/** A parameter as the resource of a finding; its ARN has one slash between, whether its name begins with one or not. */
export const parameterResource = ({ arnOf, account }: Place, name: string): Resource => ({
  type: 'AWS::SSM::Parameter',
  arn: arnOf('ssm', account, `parameter/${name.replace(/^\//, '')}`),
  id: name,
});

/** An SSM document as the resource of a finding. */
export const documentResource = ({ arnOf, account }: Place, name: string): Resource => ({
  type: 'AWS::SSM::Document',
  arn: arnOf('ssm', account, `document/${name}`),
  id: name,
});
