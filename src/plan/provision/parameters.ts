import { parameterName, parameterResource } from '../../findings/parameters.ts';
import type { Parameters } from '../../model/baseline/configuration.ts';
import { known } from '../../model/fact.ts';
import { ownTags } from '../../services/ec2/creation.ts';
import { createParameter } from '../../services/ssm/changes.ts';
import { adopt, build, inTurn, type Part, type Provision, unbuilt } from './part.ts';
import type { Site } from './site.ts';

/** The parameters to which the baseline gives a value, and the setting on public documents, which the mend of its finding makes. */
export const parameters: Provision = {
  controls: ['parameters/present', 'parameters/public-sharing'],
  needs: ['ssm.parameters'],
  build: site =>
    inTurn(
      site,
      site.audit.baseline.parameters.parameters.map(wanted => at => buildParameter(at, wanted)),
    ),
};

/** One that is there is adopted with whatever value it has; the finding tells where it is of another type. */
function buildParameter(site: Site, wanted: Parameters['parameters'][number]): Part {
  const { audit, region } = site;
  const name = parameterName(audit.baseline.parameters, wanted);
  const all = audit.value('ssm.parameters');
  if (all.some(parameter => parameter.name === name)) return adopt(site, 'parameter', name);
  const resource = parameterResource(audit, name);
  const { type, value } = wanted;
  if (value === undefined) {
    const detail = `The baseline gives it no value, and there is no parameter without one: aws ssm put-parameter --name ${name} --type ${type} --value VALUE --region ${region}`;
    return { leftAlone: [unbuilt(site, resource, 'no-mend', detail)] };
  }
  const id = `${wanted.id}/${region}/create`;
  const tags = ownTags(site, wanted.id, name, id);
  return build(site, {
    id: `${wanted.id}/${region}`,
    title: `create the parameter ${name}`,
    resource,
    changes: [createParameter({ name, type, value }, { region, id, tags })],
    facts: { 'ssm.parameters': known([...all, { name, type }]) },
  });
}
