import { type Exchange, form } from './exchange.ts';
import { firstOf, type Reply, withBody, xmlReply } from './reply.ts';

/** What moto lacks of RDS: its engines with their parameters, and groups that stay when they are modified. */
export const databaseAnswers: Record<string, (exchange: Exchange) => Reply | Promise<Reply>> = {
  'rds:ModifyDBSubnetGroup': modifySubnetGroup,
  'rds:DescribeDBEngineVersions': describeVersions,
  'rds:DescribeEngineDefaultParameters': ({ call, request }) => {
    const family = form(request).get('DBParameterGroupFamily') ?? '';
    const parameters = `<DBParameterGroupFamily>${family}</DBParameterGroupFamily><Parameters>${forceTlsOf(family)}</Parameters>`;
    return rdsAnswer(call.operation, `<EngineDefaults>${parameters}</EngineDefaults>`);
  },
};

export const databaseAmendments: Record<string, (exchange: Exchange, reply: Reply) => Promise<Reply>> = {
  'rds:DescribeDBParameters': withTheEngineDefault,
};

const rdsAnswer = (operation: string, content: string): Reply =>
  xmlReply(
    `<${operation}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${operation}Result>${content}</${operation}Result></${operation}Response>`,
  );

const ask = ({ moto }: Exchange, parameters: [string, string][]): Promise<Reply> =>
  moto({ body: Buffer.from(String(new URLSearchParams([...parameters, ['Version', '2014-10-31']]))) });

/** moto shows the databases of the group its new subnets, and loses the group itself: it is made again, with the tags that it had. */
async function modifySubnetGroup(exchange: Exchange): Promise<Reply> {
  const asked = form(exchange.request);
  const name: [string, string] = ['DBSubnetGroupName', asked.get('DBSubnetGroupName') ?? ''];
  const found = await ask(exchange, [['Action', 'DescribeDBSubnetGroups'], name]);
  if (found.status >= 300) return found;
  const ResourceName = firstOf(/<DBSubnetGroupArn>(.+?)</, found);
  const tagged = await ask(exchange, [
    ['Action', 'ListTagsForResource'],
    ['ResourceName', ResourceName],
  ]);
  const tags = [...tagged.body.toString().matchAll(/<Tag><Key>(.*?)<\/Key><Value>(.*?)<\/Value>/g)];
  const reply = await exchange.moto({});
  await ask(exchange, [
    ['Action', 'CreateDBSubnetGroup'],
    name,
    ['DBSubnetGroupDescription', firstOf(/<DBSubnetGroupDescription>(.+?)</, found)],
    ...[...asked].filter(([key]) => key.startsWith('SubnetIds.')),
    ...tags.flatMap(([, key = '', value = ''], index): [string, string][] => [
      [`Tags.Tag.${index + 1}.Key`, key],
      [`Tags.Tag.${index + 1}.Value`, value],
    ]),
  ]);
  return reply;
}

/** RDS names one version as the default of each engine; the one that a new PostgreSQL instance has here. */
function describeVersions({ call }: Exchange): Reply {
  const version =
    '<Engine>postgres</Engine><EngineVersion>17.4</EngineVersion><DBParameterGroupFamily>postgres17</DBParameterGroupFamily>';
  return rdsAnswer(
    call.operation,
    `<DBEngineVersions><DBEngineVersion>${version}</DBEngineVersion></DBEngineVersions>`,
  );
}

/** The parameter as the engine has it: 1 from PostgreSQL 15 on, 0 before (RDS's user guide, "Requiring an SSL connection"). Of 9 nothing is said here. */
function forceTlsOf(family: string): string {
  const major = Number(/^postgres(\d\d)$/.exec(family)?.[1] ?? 0);
  if (major === 0) return '';
  return `<Parameter><ParameterName>rds.force_ssl</ParameterName><ParameterValue>${major >= 15 ? 1 : 0}</ParameterValue><Source>system</Source></Parameter>`;
}

/** moto lists the parameters that were set; RDS lists those of the engine too. */
async function withTheEngineDefault(exchange: Exchange, reply: Reply): Promise<Reply> {
  const text = reply.body.toString();
  if (text.includes('rds.force_ssl')) return reply;
  const group = await ask(exchange, [
    ['Action', 'DescribeDBParameterGroups'],
    ['DBParameterGroupName', form(exchange.request).get('DBParameterGroupName') ?? ''],
  ]);
  const own = forceTlsOf(firstOf(/<DBParameterGroupFamily>(.+?)</, group));
  const all = text.replace(/<Parameters ?\/>/, '<Parameters></Parameters>');
  return withBody(reply, all.replace('<Parameters>', `<Parameters>${own}`));
}
