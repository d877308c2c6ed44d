import { expect, test } from 'vitest';
import { natGateway, networkInterface } from './read-network.ts';

const from = {
  NetworkInterfaceId: 'eni-1',
  VpcId: 'vpc-1',
  SubnetId: 'subnet-1',
  OwnerId: '123456789012',
  InterfaceType: 'interface' as const,
};
const first = { PrivateIpAddress: '10.0.0.10', Primary: true };
const second = { PrivateIpAddress: '10.0.0.11', Primary: false };
const Association = { PublicIp: '198.51.100.20' };

test.each([
  ['none', { ...from, PrivateIpAddresses: [first, second] }, undefined],
  ['of its first private address', { ...from, Association, PrivateIpAddresses: [first] }, '198.51.100.20'],
  [
    'of another, which EC2 does not tell of the interface as a whole',
    { ...from, PrivateIpAddresses: [first, { ...second, Association }] },
    '198.51.100.20',
  ],
])('the public address of an interface: %s', (_, given, publicAddress) => {
  expect(networkInterface(given).publicAddress).toBe(publicAddress);
});

test('a NAT gateway is known by its primary address, wherever that stands in the list', () => {
  const NatGatewayAddresses = [
    { AllocationId: 'eipalloc-2', IsPrimary: false },
    { AllocationId: 'eipalloc-1', IsPrimary: true },
    // A private one has no allocation.
    { PrivateIp: '10.0.0.5', IsPrimary: false },
  ];
  const gateway = { NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'available' as const, NatGatewayAddresses };
  expect(natGateway(gateway).addresses).toEqual(['eipalloc-1', 'eipalloc-2']);
});
