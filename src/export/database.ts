import { RDSDBParameterGroup } from '@awboost/cfn-resource-types/AWS-RDS-DBParameterGroup';
import { RDSDBSubnetGroup } from '@awboost/cfn-resource-types/AWS-RDS-DBSubnetGroup';
import { z } from 'zod';
import { Computed, Tags, type Translate } from './translation.ts';

const SubnetGroup = z.object({
  DBSubnetGroupName: z.string(),
  DBSubnetGroupDescription: z.string(),
  SubnetIds: z.array(Computed),
  Tags,
});

const createSubnetGroup: Translate = ({ id, input }) => [new RDSDBSubnetGroup(id, SubnetGroup.parse(input))];

const ParameterGroup = z.object({
  DBParameterGroupName: z.string(),
  DBParameterGroupFamily: z.string(),
  Description: z.string(),
  Tags,
});
const Settings = z.object({
  Parameters: z.array(z.object({ ParameterName: z.string(), ParameterValue: z.string() })),
});

const createParameterGroup: Translate = ({ id, input, later }) => {
  const { DBParameterGroupFamily: Family, ...group } = ParameterGroup.parse(input);
  const set = later('rds:ModifyDBParameterGroup').flatMap(settings => Settings.parse(settings).Parameters);
  const Parameters = Object.fromEntries(
    set.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]),
  );
  return [new RDSDBParameterGroup(id, { ...group, Family, ...(set.length > 0 && { Parameters }) })];
};

/** What a template says for each call of RDS's that prepares a place for the database. */
export const database = {
  'rds:CreateDBSubnetGroup': createSubnetGroup,
  'rds:CreateDBParameterGroup': createParameterGroup,
  'rds:ModifyDBParameterGroup': () => [],
} satisfies Record<string, Translate>;
