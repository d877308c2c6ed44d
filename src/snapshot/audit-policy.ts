import { regionsCall } from '../services/ec2/read-regions.ts';
import type { FactName } from '../services/facts.ts';
import { callsFor } from '../services/readers.ts';

/** An IAM policy document. */
export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*' | readonly string[];
  }[];
}

/**
 * The least that reading these facts needs: one statement a service, all in order. The resource is `*` where the calls
 * of a service declare no other, since AWS's describing and listing calls know none. sts:GetCallerIdentity is not in it:
 * AWS allows that to everybody.
 */
export async function auditPolicy(facts: readonly FactName[]): Promise<Policy> {
  const calls = [regionsCall, ...(await callsFor(facts))];
  const resourcesOf = (service: string) => [
    ...new Set(
      calls.flatMap(({ action, resources = [] }) => (serviceOf(action) === service ? resources : [])),
    ),
  ];
  const actions = [...new Set(calls.flatMap(({ action, also = [] }) => [action, ...also]))].sort();
  const services = [...new Set(actions.map(serviceOf))];
  return {
    Version: '2012-10-17',
    Statement: services.map(service => {
      const resources = resourcesOf(service).sort();
      return {
        Sid: `Read${service.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
        Effect: 'Allow',
        Action: actions.filter(action => serviceOf(action) === service),
        Resource: resources.length === 0 ? '*' : resources,
      };
    }),
  };
}

const serviceOf = (action: string): string => action.replace(/:.*$/, '');
