import type { AllowRule } from '../network/security-group.ts';
import { servicesOfRule } from '../network/service.ts';
import { describeServices } from '../network/service-words.ts';

/** A rule as its words, such as `ingress tcp 8080 from sg-0123`: what it says, not what its peer resolves to. */
export function describeRule(rule: AllowRule): string {
  const services = describeServices([servicesOfRule(rule)]).join(' and ');
  return `${rule.direction} ${services} ${rule.direction === 'ingress' ? 'from' : 'to'} ${peerWords(rule.peer)}`;
}

const peerWords = (peer: AllowRule['peer']): string =>
  peer.kind === 'ipv4' || peer.kind === 'ipv6' ? peer.cidr : peer.id;
