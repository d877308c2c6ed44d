import { heldFor } from '../../src/findings/baseline-item.ts';
import {
  type AccountAudit,
  defineControl,
  type Outcome,
  type RegionAudit,
} from '../../src/findings/control.ts';
import { parameterName, parameterResource } from '../../src/findings/parameters.ts';
import { judgeSomewhere } from '../../src/findings/somewhere.ts';
import type { Parameters } from '../../src/model/baseline/configuration.ts';

export default defineControl({
  id: 'parameters/present',
  title: 'Parameter Store has the parameters of the baseline, each of its type',
  severity: 'medium',
  rationale:
    'What an application does not find in Parameter Store it takes from its image, where nobody sees what it runs with. A plain parameter in the place of an encrypted one is read by whoever may describe it.',
  remediation:
    'securecart apply creates a parameter to which the baseline gives a value. The type of one that is there cannot be changed: delete it and put it again, aws ssm put-parameter --name NAME --type TYPE --value VALUE.',
  sources: [
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html',
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
  ],
  frameworks: {},
  needs: ['ssm.parameters'],
  scope: 'account',
  messages: {
    there: 'It is there, a {type}.',
    otherType: 'It is a {type}, and is to be a {wanted}.',
    absent: 'No parameter is called {name} in {regions}.',
  },
  evaluate: judgeAccount,
});

type Message = 'there' | 'otherType' | 'absent';
type Wanted = Parameters['parameters'][number];

function* judgeAccount(audit: AccountAudit): Iterable<Outcome<Message>> {
  const { parameters } = audit.baseline;
  for (const wanted of parameters.parameters) {
    const name = parameterName(parameters, wanted);
    yield* judgeSomewhere(
      audit,
      wanted,
      region => judgeRegion(wanted, name, region),
      regions => ({ message: 'absent', data: { name, regions } }),
    );
  }
}

function* judgeRegion(wanted: Wanted, name: string, audit: RegionAudit): Iterable<Outcome<Message>> {
  const live = audit.value('ssm.parameters').find(parameter => parameter.name === name);
  if (live === undefined) return;
  const about = { region: audit.region, resource: parameterResource(audit, name), ...heldFor(wanted) };
  const { type } = live;
  yield type === wanted.type
    ? { status: 'pass', ...about, message: 'there', data: { type } }
    : { status: 'fail', ...about, message: 'otherType', data: { type, wanted: wanted.type } };
}
