import { EVERY_SERVICE, POINTS, PROTOCOL_NAMES, servicesOfRule } from './service.ts';
import { type Interval, MEMBERSHIP, overlay, type PointSet } from './step-function.ts';

/**
 * What answers to requests for some services ask for in their turn: of tcp and udp any port, since the client chose it;
 * of ICMP's questions one type; of a protocol without ports the same as the request.
 */
export interface Answers {
  readonly services: Interval<number>;
  readonly replies: Interval<number> | 'as asked';
}

const whole = (protocol: string): Interval<number> => servicesOfRule({ protocol });
const type = (protocol: string, from: number): Interval<number> => servicesOfRule({ protocol, from, to: 0 });

/** The protocols that have no name, and so no ports: what is between those that do. */
const unnamed: PointSet<number> = [...PROTOCOL_NAMES.keys()]
  .map((number): Interval<number> => ({ start: number * POINTS, end: (number + 1) * POINTS, value: true }))
  .reduce<PointSet<number>>(
    (rest, named) => overlay(rest, [named], (inside, out) => inside && !out, MEMBERSHIP),
    [EVERY_SERVICE],
  );

/**
 * Every service that is answered; the other ICMP messages are not questions (RFC 792, RFC 4443). Timestamps are asked
 * too, but no host of AWS needs the answer, and a message that gets none is shown as a request alone.
 */
export const ANSWERS: readonly Answers[] = [
  { services: whole('tcp'), replies: whole('tcp') },
  { services: whole('udp'), replies: whole('udp') },
  { services: type('icmp', 8), replies: type('icmp', 0) },
  { services: type('icmpv6', 128), replies: type('icmpv6', 129) },
  ...unnamed.map(services => ({ services, replies: 'as asked' as const })),
];

/** Every service that no answer belongs to, such as an ICMP error. */
export const UNANSWERED: PointSet<number> = ANSWERS.reduce<PointSet<number>>(
  (rest, { services }) => overlay(rest, [services], (inside, out) => inside && !out, MEMBERSHIP),
  [EVERY_SERVICE],
);
