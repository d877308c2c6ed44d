import type { Baseline } from '../../model/baseline/baseline.ts';
import type { Origin } from '../../model/baseline/provenance.ts';
import type {
  BaselineCheck,
  FlowVerdict,
  Level,
  Need,
  Remark,
  RowVerdict,
  Suggestion,
} from '../../model/baseline-check.ts';
import type { RowId } from '../../model/identifiers.ts';
import { type Design, designOf } from './design.ts';
import { type Block, blocksOf, forbiddenVerdict, wantedVerdict } from './flows.ts';
import { type List, nameOf } from './lists.ts';
import { missesOf } from './misses.ts';
import { needsOf } from './needs.ts';
import { quotaRemarks } from './quotas.ts';
import { reachOf } from './reach.ts';
import { asWritten, oneFamily, otherFlows } from './remarks.ts';
import { suggest } from './suggest/suggest.ts';

/**
 * Proves a baseline, or shows where it does not hold: whether each flow passes that must and none that must not, why
 * each row is there, and what passes that no flow asks for. A baseline of the document's rows alone is taken at its word.
 */
export function checkBaseline(
  baseline: Baseline,
  about: Pick<BaselineCheck, 'tool' | 'baseline'>,
): BaselineCheck {
  const { literal } = about.baseline;
  const design = designOf(baseline);
  const flows = baseline.flows.map(flow =>
    flow.must === 'pass' ? wantedVerdict(design, flow) : forbiddenVerdict(design, flow),
  );
  const blocks = baseline.flows.flatMap(flow => (flow.must === 'pass' ? blocksOf(design, flow) : []));
  const suggestion = suggest(design, blocks);
  const needs = needsOf(design);
  const rows = design.lists.flatMap(list => rowVerdicts(design, list, needs, { blocks, suggestion }));
  const remarks = [
    ...(literal ? asWritten(design) : []),
    ...oneFamily(design, literal ? 'defect' : 'note'),
    ...otherFlows(design, needs),
    ...quotaRemarks(design),
  ];
  return {
    schemaVersion: 1,
    ...about,
    summary: summaryOf(flows, rows, remarks),
    flows,
    rows,
    remarks,
    ...reachOf(design),
    suggestion,
  };
}

function rowVerdicts(
  design: Design,
  list: List,
  needs: ReadonlyMap<RowId, Need>,
  blocked: { blocks: readonly Block[]; suggestion: Suggestion },
): RowVerdict[] {
  return list.rows.flatMap(({ id, origin, ...row }): RowVerdict[] => {
    const found = needs.get(id);
    if (found === undefined) return [];
    const need = 'misses' in found ? { ...found, misses: missesOf(design, list, id, blocked) } : found;
    const number = 'number' in row ? { number: row.number } : {};
    return [{ id, origin, list: nameOf(list), ...number, level: levelOf(need, origin), need }];
  });
}

/** What is of the document stays, needed or not; what was derived has no other reason than its need. */
function levelOf(need: Need, origin: Origin): Level {
  switch (need.kind) {
    case 'flow':
    case 'closes':
    case 'second-lock':
    case 'assertion-holds':
      return 'sound';
    case 'assertion-broken':
    case 'contradicted':
      return 'defect';
    case 'dead':
    case 'opens':
      return need.misses.length > 0 || origin === 'derived' ? 'defect' : 'note';
    case 'covered':
    case 'repeats-default':
      return origin === 'derived' ? 'defect' : 'note';
    default:
      return need satisfies never;
  }
}

function summaryOf(
  flows: readonly FlowVerdict[],
  rows: readonly RowVerdict[],
  remarks: readonly Remark[],
): BaselineCheck['summary'] {
  const sound = flows.filter(({ verdict }) => verdict === 'passes' || verdict === 'kept-out').length;
  const levels = [...rows, ...remarks].map(({ level }) => level);
  return {
    flows: { sound, total: flows.length },
    defects: flows.length - sound + levels.filter(level => level === 'defect').length,
    notes: levels.filter(level => level === 'note').length,
  };
}
