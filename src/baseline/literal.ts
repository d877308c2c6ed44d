import type { Baseline } from '../model/baseline/baseline.ts';
import type { NetworkAclRow, SecurityGroupRow } from '../model/baseline/row.ts';

/** The baseline as the document alone has it: without derived rows, and with each row as it is written there. */
export function literalBaseline(baseline: Baseline): Baseline {
  const { securityGroups, networkAcls } = baseline;
  const ofDocument = ({ origin }: SecurityGroupRow | NetworkAclRow) => origin === 'document';
  return {
    ...baseline,
    securityGroups: { ...securityGroups, rows: securityGroups.rows.filter(ofDocument).map(literalGroupRow) },
    networkAcls: { ...networkAcls, rows: networkAcls.rows.filter(ofDocument).map(literalAclRow) },
  };
}

// A literal rule is a whole one, so that it may lack ports where the row has some.

const literalGroupRow = (row: SecurityGroupRow): SecurityGroupRow =>
  row.document?.literal === undefined ? row : { ...row, ports: undefined, ...row.document.literal };

const literalAclRow = (row: NetworkAclRow): NetworkAclRow =>
  row.document?.literal === undefined ? row : { ...row, ports: undefined, ...row.document.literal };
