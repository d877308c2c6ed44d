import type { Call, Request } from './call.ts';
import type { Failure } from './faults.ts';
import type { HttpDeployment, HttpStage } from './http-stages.ts';
import type { InterfaceMaker } from './interfaces.ts';
import type { Reply } from './reply.ts';

/** A call that is being answered, with what an answer of the endpoint's own may need. */
export type Exchange = {
  call: Call;
  request: Request;
  /** Asks moto with the same credentials and other parts of the request. */
  moto: (change: Partial<Request>) => Promise<Reply>;
  memory: Memory;
};

/** What the endpoint remembers, until reset, of what moto does not keep; by Region where AWS keeps it so. */
export type Memory = {
  /** The web ACL's ARN by the resource's. */
  webAcls: Map<string, string>;
  /** The ids of authorizers by the path of their API's. */
  authorizers: Map<string, Set<string>>;
  /** The methods of a REST API as they were when it was deployed, by the path of the deployment. */
  apiSummaries: Map<string, unknown>;
  /** What a deployed API was when it was deployed, by the path of the deployment. */
  apiExports: Map<string, unknown>;
  /** The deployments of HTTP APIs, by their paths. */
  httpDeployments: Map<string, HttpDeployment>;
  /** What an HTTP API's stage has that moto does not keep, by the path of the stage. */
  httpStages: Map<string, HttpStage>;
  /** What a bucket's encryption refuses, as it was put, by the bucket's path. */
  blockedEncryption: Map<string, string>;
  /** A key by its Region. */
  ebsKeys: Map<string, string>;
  /** A setting of Systems Manager's, as `REGION ID`. */
  serviceSettings: Map<string, string>;
  /** A state by its Region. */
  snapshotBlocks: Map<string, string>;
  /** What a security group's rule says of itself, by its id. */
  ruleDescriptions: Map<string, string>;
  /** Who made a network interface, by its id. */
  interfaceMakers: Map<string, InterfaceMaker>;
  /** The ids of subnets that are no more. */
  deletedSubnets: Set<string>;
  /** The ARNs of trails whose selectors are of the older form. */
  classicTrails: Set<string>;
  /** The answer to a call that must not be carried out twice, by {@link tokenOf}. */
  clientTokens: Map<string, Reply>;
  /** Why AWS gave up a NAT gateway or an endpoint, by its id. */
  failures: Map<string, Failure>;
};

export const emptyMemory = (): Memory => ({
  webAcls: new Map(),
  authorizers: new Map(),
  apiSummaries: new Map(),
  apiExports: new Map(),
  httpDeployments: new Map(),
  httpStages: new Map(),
  blockedEncryption: new Map(),
  ebsKeys: new Map(),
  serviceSettings: new Map(),
  snapshotBlocks: new Map(),
  ruleDescriptions: new Map(),
  interfaceMakers: new Map(),
  deletedSubnets: new Set(),
  classicTrails: new Set(),
  clientTokens: new Map(),
  failures: new Map(),
});

export const path = (request: Request): string => new URL(request.target, 'http://localhost').pathname;
export const form = (request: Request): URLSearchParams => new URLSearchParams(request.body.toString());
/** By what EC2 knows a call that is made again, where it says: in another Region the same token is another call's (EC2 user guide, Run_Instance_Idempotency). */
export const tokenOf = ({ call, request }: Exchange): string | undefined => {
  const token = form(request).get('ClientToken');
  return token === null ? undefined : `${call.region} ${token}`;
};
export const json = (body: Buffer): unknown => JSON.parse(body.toString());

/** Asks moto's EC2, whatever the service of the call. */
export function askEc2({ request, moto }: Exchange, parameters: [string, string][]): Promise<Reply> {
  const authorization = request.headers.authorization?.replace(
    /\/[a-z0-9-]+\/aws4_request/,
    '/ec2/aws4_request',
  );
  return moto({
    method: 'POST',
    target: '/',
    headers: { ...request.headers, authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(String(new URLSearchParams([['Version', '2016-11-15'], ...parameters]))),
  });
}
