import { tierFacts } from '../../src/binding/binding.ts';
import { ADMINISTRATION, openToAnywhere, tcpPoint } from '../../src/findings/anywhere.ts';
import { defineControl, type Outcome, type VpcAudit } from '../../src/findings/control.ts';
import { entryName, entryWords } from '../../src/findings/entry-words.ts';
import { networkAclResource } from '../../src/findings/resources.ts';
import { wantedPackets } from '../../src/findings/wanted-entries.ts';
import { Tier } from '../../src/model/baseline/row.ts';
import { decisions, permittedPackets } from '../../src/network/network-acl.ts';
import { difference, NO_PACKETS, type PacketSet, union } from '../../src/network/packet-set.ts';
import type { NetworkAcl } from '../../src/services/ec2/facts.ts';

export default defineControl({
  id: 'network-acl/remote-administration',
  title:
    "No network ACL of the VPC lets anywhere on the internet in to SSH or RDP, but for the baseline's own rows",
  severity: 'medium',
  rationale:
    'The network ACL is the second lock: with ports 22 and 3389 open in it, one security group that is opened by mistake puts a machine on the internet.',
  remediation:
    'Put a deny for the port before the entries that allow it, or narrow those. `securecart fix` plans the list of the tier.',
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  ],
  frameworks: { fsbp: ['EC2.21'], 'cis-5.0': ['5.2'] },
  needs: [...tierFacts, 'ec2.networkAcls'],
  scope: 'vpc',
  messages: {
    closed: 'Neither SSH nor RDP is open to anywhere on the internet beyond the rows of the baseline.',
    open: '{service} (tcp {port}) is open to the internet at large.',
    unused: 'No subnet has this network ACL, so it decides nothing.',
  },
  evaluate: judgeAcls,
});

function* judgeAcls(audit: VpcAudit): Iterable<Outcome<'closed' | 'open' | 'unused'>> {
  for (const acl of audit.value('ec2.networkAcls')) {
    if (acl.vpc !== audit.vpc.id) continue;
    const resource = networkAclResource(audit, acl);
    if (acl.associations.length === 0) {
      yield { status: 'not-applicable', resource, message: 'unused' };
      continue;
    }
    const open = openPorts(acl, packetsOfRows(acl, audit));
    for (const { service, port, entries } of open) {
      yield {
        status: 'fail',
        resource,
        key: `${port}`,
        message: 'open',
        data: { service, port },
        actual: entryWords(entries),
        blame: entries.map(entry => entryName(acl, entry)),
      };
    }
    if (open.length === 0) yield { status: 'pass', resource, message: 'closed' };
  }
}

/** The ports that are open by what the entries together decide, in their order: neither an entry that is never reached nor half the internet is judged by itself. */
function openPorts(acl: NetworkAcl, rows: PacketSet) {
  const permitted = difference(permittedPackets(acl.entries, 'ingress'), rows);
  return Object.entries(ADMINISTRATION).flatMap(([service, port]) => {
    if (!openToAnywhere(permitted, port)) return [];
    const opening = decisions(acl.entries, 'ingress').filter(
      ({ entry, packets }) => entry.action === 'allow' && reaches(difference(packets, rows), port),
    );
    return [{ service, port, entries: opening.map(({ entry }) => entry) }];
  });
}

const reaches = (packets: PacketSet, port: number): boolean => {
  const point = tcpPoint(port);
  return [...packets.ipv4, ...packets.ipv6].some(({ start, end }) => start <= point && point < end);
};

/** What the rows permit to the tiers whose list this is: replies come to any port from 1024, which RDP's is among. */
const packetsOfRows = ({ associations }: NetworkAcl, audit: VpcAudit): PacketSet =>
  Tier.options
    .filter(tier => audit.tier(tier).some(({ id }) => associations.some(({ subnet }) => subnet === id)))
    .map(tier => wantedPackets(audit.baseline, tier, 'inbound'))
    .reduce(union, NO_PACKETS);
