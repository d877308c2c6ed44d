import { z } from 'zod';
import { type ErrorCode, type Problem, SecureCartError } from '../model/error.ts';
import { type JsonPath, positionsOf, syntaxErrorIn } from './positions.ts';

/** A kind of file that the program writes as JSON, and reads again. */
export interface JsonFile<T> {
  readonly schema: z.ZodType<T>;
  /** The one that this program writes and reads. */
  readonly version: number;
  /** What it is called, such as `snapshot`. */
  readonly noun: string;
  /** The errors for one that is wrong, and for one of another version. */
  readonly codes: { readonly invalid: ErrorCode; readonly version: ErrorCode };
  /** The command that makes it. */
  readonly madeBy: string;
}

/** More would not help whoever reads them; the number of the rest is told. */
const mostProblems = 50;

/** What a file's text holds. Throws a SecureCartError with every problem of the file and its place. */
export function readJsonFile<T>(kind: JsonFile<T>, text: string, file: string): T {
  const invalid = (problems: readonly Problem[]) =>
    new SecureCartError(kind.codes.invalid, `${file} cannot be read as a ${kind.noun}.`, {
      problems,
      suggestion: `Make it again: ${kind.madeBy}`,
    });
  const value = parse(text.startsWith('\uFEFF') ? text.slice(1) : text, file, invalid);
  demandVersion(kind, value, file, invalid);
  const result = kind.schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(problemsOf(result.error.issues, { value, text, file, noun: kind.noun }));
}

type Invalid = (problems: readonly Problem[]) => SecureCartError;

function parse(text: string, file: string, invalid: Invalid): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = syntaxErrorIn(text) ?? { line: 1, column: 1 };
    const message = 'From here on this is not JSON; the file may have been cut off or edited.';
    throw invalid([{ file, ...position, message }]);
  }
}

/** What is another thing, or of another version, would only give errors that are beside the point. */
function demandVersion(
  { noun, version, codes, madeBy }: JsonFile<unknown>,
  value: unknown,
  file: string,
  invalid: Invalid,
): void {
  const found = z.looseObject({ schemaVersion: z.number() }).safeParse(value).data?.schemaVersion;
  if (found === version) return;
  if (found === undefined) {
    const message = `This is no ${noun}: the number \`schemaVersion\` is missing.`;
    throw invalid([{ file, line: 1, column: 1, message }]);
  }
  const detail = `${file} has schemaVersion ${found}, and this program reads ${version}.`;
  const suggestion =
    found > version
      ? `Use the version of SecureCart that wrote the ${noun}, or a newer one: npm install -g securecart@latest`
      : `Make the ${noun} again: ${madeBy}`;
  throw new SecureCartError(codes.version, detail, { suggestion });
}

type Issue = z.core.$ZodIssue;

/** The file that is wrong: what it holds, as a value and as text. */
interface Wrong {
  readonly value: unknown;
  readonly text: string;
  readonly file: string;
  readonly noun: string;
}

function problemsOf(issues: readonly Issue[], { value, text, file, noun }: Wrong): Problem[] {
  const faults = issues.flatMap(issue => faultsOf(issue, value, noun));
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

function faultsOf(issue: Issue, value: unknown, noun: string): Fault[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({
      path: [...path, key],
      message: `${nameOf([...path, key], noun)} is not a key that a ${noun} has here.`,
    }));
  }
  const found = valueAt(value, path);
  const name = nameOf(path, noun);
  if (found === undefined) return [{ path, message: `${name} is missing.` }];
  return [{ path, message: `${name} is ${inShort(found)}: ${issue.message}.` }];
}

const nameOf = (path: JsonPath, noun: string): string =>
  path.length === 0 ? `The ${noun}` : `\`${path.map(String).join('.')}\``;

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
