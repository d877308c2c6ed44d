import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beyond, type Exchange } from './exchange.ts';

const SIDE = [0, 1, 2];

const interval = fc
  .tuple(fc.constantFrom(...SIDE), fc.constantFrom(1, 2))
  .map(([start, length]) => ({ start, end: start + length, value: true }));
const addresses = interval.map(({ start, end }) => [{ start: BigInt(start), end: BigInt(end), value: true }]);
const box: fc.Arbitrary<Exchange> = fc.record({
  family: fc.constantFrom('ipv4' as const, 'ipv6' as const),
  services: interval,
  replies: interval,
  clients: addresses,
  servers: addresses,
});

const points = ['ipv4', 'ipv6'].flatMap(family =>
  [0, 1, 2, 3].flatMap(service =>
    [0, 1, 2, 3].flatMap(reply =>
      [0n, 1n, 2n, 3n].flatMap(client =>
        [0n, 1n, 2n, 3n].map(server => ({ family, service, reply, client, server })),
      ),
    ),
  ),
);

const isIn = (boxes: readonly Exchange[]) => (point: (typeof points)[number]) =>
  boxes.some(
    ({ family, services, replies, clients, servers }) =>
      family === point.family &&
      [services].some(({ start, end }) => start <= point.service && point.service < end) &&
      [replies].some(({ start, end }) => start <= point.reply && point.reply < end) &&
      clients.some(({ start, end }) => start <= point.client && point.client < end) &&
      servers.some(({ start, end }) => start <= point.server && point.server < end),
  );

test('what is beyond some boxes is every point of the others that is in none of them', () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 3 }), fc.array(box, { maxLength: 3 }), (boxes, others) => {
      const expected = points.filter(point => isIn(boxes)(point) && !isIn(others)(point));
      expect(points.filter(isIn(beyond(boxes, others)))).toEqual(expected);
    }),
  );
});
