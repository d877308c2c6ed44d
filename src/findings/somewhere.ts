import type { Origin } from '../model/baseline/provenance.ts';
import type { RowId } from '../model/identifiers.ts';
import { type AccountAudit, judgeEach, type Outcome, type RegionAudit } from './control.ts';

/**
 * Judges what an item of the baseline asks to be somewhere in the account: whatever `judge` finds of it in the Regions,
 * or, where it finds nothing in any, that it is `absent`. Where a Region was not read it may be there, so its absence is
 * not certain.
 */
export function* judgeSomewhere<Message extends string>(
  { account, regions, skipped }: AccountAudit,
  { id, origin }: { readonly id: RowId; readonly origin: Origin },
  judge: (audit: RegionAudit) => Iterable<Outcome<Message>>,
  absent: (regions: string) => { readonly message: Message; readonly data: Record<string, string> },
): Iterable<Outcome<Message>> {
  const row = { id, origin };
  const outcomes = [
    ...judgeEach(
      regions,
      ({ region }) => ({ resource: account, region, key: `${id} ${region}`, row }),
      judge,
    ),
  ];
  yield* outcomes;
  if (outcomes.length > 0) return;
  for (const { region, reason } of skipped)
    yield { status: 'unknown', resource: account, key: `${id} ${region}`, row, reason };
  if (skipped.length > 0) return;
  const names = regions.map(({ region }) => region).sort();
  yield { status: 'fail', resource: account, key: id, row, ...absent(names.join(', ')) };
}
