import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Session } from '../../aws/session.ts';
import { Region } from '../../model/identifiers.ts';
import { apiCall, given } from '../reader.ts';

/** What listing an account's Regions calls. */
export const regionsCall = apiCall('ec2:DescribeRegions');

/** A Region of the account's partition, and whether the account may use it. */
export interface ListedRegion {
  readonly region: Region;
  readonly enabled: boolean;
}

/** Every Region of the partition of `from`, in order. Throws CallError. */
export async function readRegions(session: Session, from: Region): Promise<ListedRegion[]> {
  const command = new DescribeRegionsCommand({ AllRegions: true });
  const answer = await session.client(EC2Client, from).send(command, { abortSignal: session.signal });
  const all = given(answer.Regions, 'Regions').map(({ RegionName: name, OptInStatus: status }) => ({
    region: Region.parse(name),
    enabled: status !== 'not-opted-in',
  }));
  // AWS lists the Regions of one partition; an emulator may list those of all.
  const own = all.filter(({ region }) => partitionOf(region) === partitionOf(from));
  return own.sort((a, b) => (a.region < b.region ? -1 : 1));
}

const prefixes = /^(cn|us-gov|us-iso|us-isob|us-isof|eu-isoe|eusc)-/;

/** What the Regions of one partition have in common in their names; empty in the commercial one. */
const partitionOf = (region: Region): string => prefixes.exec(region)?.[1] ?? '';
