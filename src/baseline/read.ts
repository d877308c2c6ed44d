import { Baseline } from '../model/baseline/baseline.ts';
import { type Problem, SecureCartError } from '../model/error.ts';
import { addressFaults } from './coherence/addresses.ts';
import { nameFaults } from './coherence/names.ts';
import { provenanceFaults } from './coherence/provenance.ts';
import { rowFaults } from './coherence/rows.ts';
import { suppressionFaults } from './coherence/suppressions.ts';
import { shapeFaults } from './shape.ts';
import { parseSource } from './source.ts';

/**
 * Reads a baseline from the text of a YAML file. Throws a SecureCartError that holds every problem of the file at once,
 * but for a file that is not YAML: what such a file says is not known.
 */
export function readBaseline(text: string, fileName: string): Baseline {
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
  if (data !== undefined && faults.length === 0 && duplicates.length === 0) return data;
  throw invalid(fileName, [...duplicates, ...faults.map(locate)]);
}

function invalid(fileName: string, problems: Problem[]): SecureCartError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new SecureCartError('baseline-invalid', `${fileName} has ${count}.`, {
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
  });
}
