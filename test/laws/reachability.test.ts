import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Design, designOf } from '../../src/baseline/check/design.ts';
import { Protocol } from '../../src/model/packet.ts';
import { peerPoint } from '../../src/network/address.ts';
import type { Exchange } from '../../src/network/exchange.ts';
import { pathBetween } from '../../src/network/path.ts';
import { exchangesOver, requestsOver } from '../../src/network/reachability.ts';
import { EVERY_SERVICE, servicePoint } from '../../src/network/service.ts';
import { valueAt } from '../../src/network/step-function.ts';
import type { Place } from '../../src/network/topology.ts';
import { cases } from './cases.ts';
import { attempts } from './ends.ts';
import { type Attempt, arrives, converses, type End } from './packet-walk.ts';
import { randomBaseline } from './random-baseline.ts';

/** How many packets are walked through each baseline. */
const PACKETS = 200;

const met = { walked: 0, arrived: 0, answered: 0 };

afterAll(() => {
  console.log(
    `packets walked: ${met.walked}, of which ${met.arrived} arrive and ${met.answered} are answered`,
  );
});

test('a packet arrives, and is answered, where a walk through the rows says so', () => {
  fc.assert(
    fc.property(
      randomBaseline.chain(baseline =>
        fc.record({
          baseline: fc.constant(baseline),
          packets: fc.array(attempts(baseline), { minLength: PACKETS, maxLength: PACKETS }),
        }),
      ),
      ({ baseline, packets }) => {
        const design = designOf(baseline);
        for (const packet of packets) {
          const walked = { arrives: arrives(baseline, packet), converses: converses(baseline, packet) };
          met.walked += 1;
          met.arrived += Number(walked.arrives);
          met.answered += Number(walked.converses);
          expect({ ...packet, ...computed(design, packet) }).toEqual({ ...packet, ...walked });
        }
      },
    ),
    cases('baselines against the walk of packets', { sampled: 40, deep: 3000 }),
  );
  expect(met.answered).toBeGreaterThan(0);
});

function computed(design: Design, packet: Attempt & { from: string; to: string }) {
  const client = placeOf(design, packet.from, packet.client);
  const server = placeOf(design, packet.to, packet.server);
  const family = packet.client.address.includes(':') ? 'ipv6' : 'ipv4';
  const path = client && server && pathBetween(client, server, family);
  if (path === undefined) return { arrives: false, converses: false };
  const requests = requestsOver(design.network, path).map(request => ({
    ...request,
    replies: EVERY_SERVICE,
  }));
  return {
    arrives: requests.some(box => holds(box, packet)),
    converses: exchangesOver(design.network, path).some(box => holds(box, packet)),
  };
}

const placeOf = ({ network }: Design, name: string, { subnet }: End): Place | undefined =>
  network.places.find(
    place => place.name === name && (place.kind === 'outside' || place.subnet.id === subnet?.cidr),
  );

function holds({ services, replies, clients, servers }: Exchange, packet: Attempt): boolean {
  const [asked, answered] = pointsOf(packet);
  return (
    services.start <= asked &&
    asked < services.end &&
    replies.start <= answered &&
    answered < replies.end &&
    valueAt(clients, peerPoint(packet.client.address), false) &&
    valueAt(servers, peerPoint(packet.server.address), false)
  );
}

/** What a request and its answer ask for. */
function pointsOf({ protocol: name, port, clientPort }: Attempt): [number, number] {
  const protocol = Protocol.parse(name);
  if (name === 'tcp' || name === 'udp') {
    return [servicePoint({ protocol, port }), servicePoint({ protocol, port: clientPort })];
  }
  if (name === '47') return [servicePoint({ protocol }), servicePoint({ protocol })];
  const types = name === 'icmp' ? [8, 0] : [128, 129];
  const [asked = 0, answered = 0] = types.map(type => servicePoint({ protocol, icmp: { type, code: 0 } }));
  return [asked, answered];
}
