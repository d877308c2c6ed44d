import { NetworkAclRow, SecurityGroupRow } from '../../model/baseline/row.ts';
import type { Fault } from '../fault.ts';
import { type Part, soundPartsAt } from './parts.ts';

// As much of a row as its faults depend on, so that a slip elsewhere in it hides none here.
const GroupTraffic = SecurityGroupRow.pick({ protocol: true, ports: true, document: true }).strip();
const Entries = NetworkAclRow.pick({
  origin: true,
  tier: true,
  direction: true,
  number: true,
  protocol: true,
  ports: true,
  document: true,
}).strip();

/** Rows of the network tables that AWS could not hold: ports of a protocol without any, a number that is taken. */
export function rowFaults(value: unknown): Fault[] {
  const groupRows = soundPartsAt(GroupTraffic, value, ['securityGroups', 'rows', '*']);
  const aclRows = soundPartsAt(Entries, value, ['networkAcls', 'rows', '*']);
  const literal = aclRows.flatMap(literalRule);
  const written = aclRows.filter(row => row.value.origin === 'document' && literalRule(row).length === 0);
  return [
    ...[...groupRows, ...groupRows.flatMap(literalRule), ...aclRows, ...literal].flatMap(portFaults),
    ...numberFaults(aclRows),
    ...numberFaults([...written, ...literal]).filter(({ path }) => path.includes('literal')),
  ];
}

function literalRule<Rule>({ path, value }: Part<{ document?: { literal?: Rule } }>): Part<Rule>[] {
  const literal = value.document?.literal;
  return literal === undefined ? [] : [{ path: [...path, 'document', 'literal'], value: literal }];
}

function portFaults({ path, value }: Part<Pick<NetworkAclRow, 'protocol' | 'ports'>>): Fault[] {
  const { protocol, ports } = value;
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  if (hasPorts && ports === undefined) {
    const message = `protocol \`${protocol}\` without \`ports\``;
    return [
      {
        path: [...path, 'protocol'],
        at: 'value',
        message,
        suggestion: 'for every port write `ports: [0-65535]`',
      },
    ];
  }
  if (!hasPorts && ports !== undefined) {
    const message = `\`ports\` beside protocol \`${protocol}\`, which has none`;
    return [
      {
        path: [...path, 'ports'],
        at: 'key',
        message,
        suggestion: 'remove `ports`, or write `protocol: tcp`',
      },
    ];
  }
  return [];
}

/** The highest number that an entry can be given; AWS keeps those above. */
const highest = 32766;

type Numbered = Pick<NetworkAclRow, 'tier' | 'direction' | 'number' | 'ports'>;

/** Numbers once every row has become its entries; a tier has one list of them for each direction. */
function numberFaults(rows: Part<Numbered>[]): Fault[] {
  const taken = new Map<string, number>();
  return rows.flatMap(({ path, value: { tier, direction, number, ports } }) => {
    const numbers = Array.from({ length: ports?.length ?? 1 }, (_, index) => number + index);
    return numbers.flatMap((entry, index): Fault[] => {
      const key = `${tier} ${direction} ${entry}`;
      const first = taken.get(key);
      taken.set(key, first ?? number);
      if (first === undefined && entry <= highest) return [];
      const owner = first === undefined ? 'AWS' : `the row numbered ${first}`;
      const why = index === 0 ? '' : `; this row comes to it with item ${index + 1} of its ports`;
      return [
        {
          path: [...path, 'number'],
          at: 'value',
          message: `entry ${entry} of ${tier} ${direction} is taken by ${owner}${why}`,
          suggestion: 'choose a free number',
        },
      ];
    });
  });
}
