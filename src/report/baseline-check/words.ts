import type { Lock, Need, Obstacle, Remark, RowList } from '../../model/baseline-check.ts';
import type { Signs } from '../look.ts';
import { connectionInWords } from '../packet.ts';

/** A list as a reader knows it: `alb egress`, `public outbound (NACL)`. */
export function listInWords(list: RowList): string {
  switch (list.kind) {
    case 'security-group':
      return `${list.component} ${list.direction}`;
    case 'network-acl':
      return `${list.tier} ${list.direction} (NACL)`;
    default:
      return list satisfies never;
  }
}

/** What stops a flow, in words. */
export function obstacleInWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'no-route':
      return `no route leads from ${obstacle.from} to ${obstacle.to}: add an endpoint, or egress: nat`;
    case 'list': {
      const rows = obstacle.rows.map(row => `row ${row} denies it`);
      const reasons = [...rows, ...(obstacle.unnamed ? ['no row allows it'] : [])].join(', ');
      return `${obstacle.leg} at ${listInWords(obstacle.list)}: ${reasons}`;
    }
    default:
      return obstacle satisfies never;
  }
}

/** What keeps a flow out, in words. */
export function lockInWords(lock: Lock): string {
  switch (lock.kind) {
    case 'no-route':
      return 'no route';
    case 'list':
      return listInWords(lock.list);
    default:
      return lock satisfies never;
  }
}

/** Why a row is there, or what is wrong with it, in words. */
export function needInWords(need: Need, signs: Pick<Signs, 'arrow'>): string {
  switch (need.kind) {
    case 'flow':
      return `needed by ${need.flows.join(', ')}: ${connectionInWords(need.connection, signs)}`;
    case 'closes':
      return `without it ${passage(need, signs)} passes`;
    case 'second-lock':
      return `a second lock: without it and ${need.with}, ${passage(need, signs)} passes`;
    case 'opens':
      return `no flow needs it, and by it ${passage(need, signs)} passes${missesInWords(need.misses)}`;
    case 'assertion-holds':
      return 'holds: nothing that it denies is let in';
    case 'assertion-broken':
      return `does not hold: ${need.rows.join(', ')} allows ${need.packets.join('; ')}`;
    case 'covered':
      return `changes nothing beside ${need.by.join(', ')}`;
    case 'contradicted':
      return `never decides: ${need.by.join(', ')} comes first and says otherwise`;
    case 'repeats-default':
      return 'repeats what a network ACL does with all that no row names';
    case 'dead':
      return deadInWords(need);
    default:
      return need satisfies never;
  }
}

const passage = (
  { from, to, connection }: Extract<Need, { kind: 'closes' | 'second-lock' | 'opens' }>,
  signs: Pick<Signs, 'arrow'>,
): string => `${from} ${signs.arrow} ${to} (${connectionInWords(connection, signs)})`;

function deadInWords({ stoppedBy, misses }: Extract<Need, { kind: 'dead' }>): string {
  const where = stoppedBy.map(listInWords).join(', ');
  const why = where === '' ? 'no connection ever uses it' : `never matters, stopped by ${where}`;
  return `${why}${missesInWords(misses)}`;
}

const misses = {
  direction: 'needs it the other way round',
  ports: 'is blocked here: its peer is right for it, its ports are not',
} as const satisfies Record<Extract<Need, { kind: 'dead' }>['misses'][number]['by'], string>;

const missesInWords = (missed: Extract<Need, { kind: 'dead' }>['misses']): string =>
  missed.map(({ flow, by }) => `. ${flow} ${misses[by]}`).join('');

/** A remark in words: what is wrong, the value, and what to do. */
export function remarkInWords(remark: Remark, signs: Pick<Signs, 'arrow'>): string {
  switch (remark.kind) {
    case 'deny-in-group':
      return `${remark.row}: security groups only allow, so no rule says deny; read it as an assertion about the others`;
    case 'several-entries':
      return `${remark.row}: a NACL entry holds one range, so it takes the numbers ${remark.numbers.join(' and ')}; one entry over all of it would open ${remark.opened} ports more`;
    case 'one-family':
      return `${remark.flows.join(', ')}: over IPv6 it is denied, since the rows that let it through are IPv4: ${connectionInWords(remark.connection, signs)}`;
    case 'other-flows':
      return `${remark.row}: says that it is for ${remark.named.join(', ')}, and ${remark.needed.join(', ')} needs it`;
    case 'quota':
      return quotaInWords(remark);
    default:
      return remark satisfies never;
  }
}

const quotas = {
  'rules-per-group': 'rules in a security group',
  'entries-per-acl': 'entries in a network ACL, the last deny among them',
  'groups-per-interface': 'security groups on an interface',
  'rules-per-interface': 'rules in the groups of an interface',
} as const satisfies Record<Extract<Remark, { kind: 'quota' }>['quota'], string>;

function quotaInWords({ of, family, used, limit, quota }: Extract<Remark, { kind: 'quota' }>): string {
  const name = family === undefined ? of : `${of} (${family})`;
  return `${name}: ${used} of the ${limit} ${quotas[quota]} that AWS allows by default`;
}
