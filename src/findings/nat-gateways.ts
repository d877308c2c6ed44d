import type { NatGateway } from '../services/ec2/facts.ts';

/** Whether a gateway works, or will. AWS lists one for an hour after it is deleted. */
export const isLive = ({ state }: NatGateway): boolean => state === 'available' || state === 'pending';
