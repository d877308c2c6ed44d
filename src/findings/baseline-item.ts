import type { Origin } from '../model/baseline/provenance.ts';
import type { RowId } from '../model/identifiers.ts';
import type { Severity } from '../model/severity.ts';

/** What an outcome says of the row or item of the baseline that it is about. */
export const heldFor = ({
  id,
  origin,
  severity,
}: {
  id: RowId;
  origin: Origin;
  severity?: Severity | undefined;
}) => ({
  row: { id, origin },
  severity,
});
