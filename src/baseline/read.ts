import { Baseline } from '../model/baseline/baseline.ts';
import { type Problem, SecureCartError } from '../model/error.ts';
import { addressFaults } from './coherence/addresses.ts';
import { nameFaults } from './coherence/names.ts';
import { mappingsIn } from './coherence/parts.ts';
import { provenanceFaults } from './coherence/provenance.ts';
import { rowFaults } from './coherence/rows.ts';
import { suppressionFaults } from './coherence/suppressions.ts';
import { shapeFaults } from './shape.ts';
import { parseSource, type Source } from './source.ts';

/** A baseline, and the line of its file at which each row begins, by the row's id. */
export interface BaselineFile {
  readonly baseline: Baseline;
  readonly lines: ReadonlyMap<string, number>;
}

/** Reads a baseline where nobody asks for the lines of its file. Throws as `readBaselineFile` does. */
export const readBaseline = (text: string, fileName: string): Baseline =>
  readBaselineFile(text, fileName).baseline;

/**
 * Reads a baseline from the text of a YAML file. Throws a SecureCartError that holds every problem of the file at once,
 * but for a file that is not YAML: what such a file says is not known.
 */
export function readBaselineFile(text: string, fileName: string): BaselineFile {
  const source = parseSource(text, fileName);
  if (Array.isArray(source)) throw invalid(fileName, source);
  const { value, duplicates, locate } = source;
  // To compile the schema takes seven times as long as to use it once.
  const { data, error } = Baseline.safeParse(value, { jitless: true });
  const faults = [
    ...shapeFaults(error?.issues ?? [], value),
    ...nameFaults(value),
    ...addressFaults(value),
    ...provenanceFaults(value),
    ...rowFaults(value),
    ...suppressionFaults(value),
  ];
  if (data !== undefined && faults.length === 0 && duplicates.length === 0)
    return { baseline: data, lines: linesOf(value, locate) };
  throw invalid(fileName, [...duplicates, ...faults.map(locate)]);
}

const linesOf = (value: unknown, locate: Source['locate']): Map<string, number> =>
  new Map(
    mappingsIn(value).flatMap(({ path, value: { id } }) =>
      typeof id === 'string' ? [[id, locate({ path: [...path, 'id'], at: 'value', message: '' }).line]] : [],
    ),
  );

function invalid(fileName: string, problems: Problem[]): SecureCartError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new SecureCartError('baseline-invalid', `${fileName} has ${count}.`, {
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
  });
}
