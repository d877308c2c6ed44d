import { z } from 'zod';
import { type Problem, SecureCartError } from '../model/error.ts';
import { type JsonPath, positionsOf, syntaxErrorIn } from './json-positions.ts';
import { Snapshot } from './snapshot.ts';

const version = 1;
/** More would not help whoever reads them; the number of the rest is told. */
const mostProblems = 50;

/** The snapshot that a file's text holds. Throws SecureCartError with every problem of the file and its place. */
export function readSnapshot(text: string, file: string): Snapshot {
  const value = parse(text.startsWith('\uFEFF') ? text.slice(1) : text, file);
  demandVersion(value, file);
  const result = Snapshot.safeParse(value);
  if (result.success) return result.data;
  throw invalid(file, problemsOf(result.error.issues, value, text, file));
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = syntaxErrorIn(text) ?? { line: 1, column: 1 };
    const message = 'From here on this is not JSON; the file may have been cut off or edited.';
    throw invalid(file, [{ file, ...position, message }]);
  }
}

/** What is no snapshot, or one of another version, would only give errors that are beside the point. */
function demandVersion(value: unknown, file: string): void {
  const found = z.looseObject({ schemaVersion: z.number() }).safeParse(value).data?.schemaVersion;
  if (found === version) return;
  if (found === undefined) {
    const message = 'This is no snapshot: the number `schemaVersion` is missing.';
    throw invalid(file, [{ file, line: 1, column: 1, message }]);
  }
  const detail = `${file} has schemaVersion ${found}, and this program reads ${version}.`;
  const suggestion =
    found > version
      ? 'Use the version of SecureCart that took the snapshot, or a newer one: npm install -g securecart@latest'
      : 'Take the snapshot again: securecart snapshot -o FILE';
  throw new SecureCartError('snapshot-version', detail, { suggestion });
}

const invalid = (file: string, problems: readonly Problem[]) =>
  new SecureCartError('snapshot-invalid', `${file} cannot be read as a snapshot.`, {
    problems,
    suggestion: 'Take it again: securecart snapshot -o FILE',
  });

type Issue = z.core.$ZodIssue;

function problemsOf(issues: readonly Issue[], value: unknown, text: string, file: string): Problem[] {
  const faults = issues.flatMap(issue => faultsOf(issue, value));
  const shown = faults.slice(0, mostProblems);
  const positions = positionsOf(
    text,
    shown.map(({ path }) => path),
  );
  const problems = shown.map(({ message }, index) => ({
    file,
    line: 1,
    column: 1,
    ...positions[index],
    message,
  }));
  const last = problems.at(-1);
  if (last === undefined || faults.length === shown.length) return problems;
  return [...problems, { ...last, message: `… and ${faults.length - shown.length} more problems.` }];
}

interface Fault {
  readonly path: JsonPath;
  readonly message: string;
}

function faultsOf(issue: Issue, value: unknown): Fault[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      path: [...path, key],
      message: `${nameOf([...path, key])} is not a key that a snapshot has here.`,
    }));
  }
  const found = valueAt(value, path);
  const name = nameOf(path);
  if (found === undefined) return [{ path, message: `${name} is missing.` }];
  return [{ path, message: `${name} is ${inShort(found)}: ${issue.message}.` }];
}

const nameOf = (path: JsonPath): string =>
  path.length === 0 ? 'The snapshot' : `\`${path.map(String).join('.')}\``;

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((at, step) => {
    const held =
      typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, step) : undefined;
    return held?.value;
  }, value);
}

function inShort(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
