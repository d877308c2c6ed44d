import { z } from 'zod';
import { Baseline } from '../model/baseline/baseline.ts';
import { type Fault, type Path, quoted } from './fault.ts';
import { nearest, suggestName } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/** A value, where it lies, and the schemas that it was held against. */
interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly schemas: readonly unknown[];
}

/** How zod's issues with a value differ from a baseline, in the words of whoever wrote the file. */
export function shapeFaults(issues: readonly Issue[], value: unknown): Fault[] {
  return explainAll(issues, { path: [], value, schemas: [Baseline] });
}

function explainAll(issues: readonly Issue[], place: Place): Fault[] {
  return issues.flatMap(issue => explain(issue, issue.path.reduce(below, place)));
}

function explain(issue: Issue, place: Place): Fault[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, place);
  const { path, value } = place;
  const name = nameOf(path);
  if (value === undefined) {
    const message = `the ${path.length === 1 ? 'section' : 'key'} \`${name}\` is missing`;
    return [{ path, at: 'value', message, suggestion: rightValue(place) }];
  }
  if (issue.code === 'invalid_union') return explainUnion(issue, place);
  return [{ path, at: 'value', message: describe(issue, place), suggestion: suggest(issue, value) }];
}

function describe(issue: Issue, { path, value }: Place): string {
  const name = nameOf(path);
  if (name === 'version') return `version ${quoted(value)} of a baseline is not read`;
  if (typeof path.at(-1) === 'number') return `\`${name}\` has ${quoted(value)}`;
  if (issue.code === 'invalid_value' && typeof value === 'string') return `unknown ${name} ${quoted(value)}`;
  return `\`${name}\` is ${value === null ? 'empty' : quoted(value)}`;
}

/** What would be right, from what zod asked for. */
function suggest(issue: Issue, value: unknown): string | undefined {
  if (issue.code === 'invalid_value') {
    const quotedByMistake = issue.values.some(right => typeof right !== 'string' && String(right) === value);
    return quotedByMistake ? 'write it without quotes' : suggestName(value, issue.values.map(String));
  }
  if (issue.code === 'invalid_type') return `write ${typeNames[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_big') return `${issue.maximum} is the most`;
  if (issue.code === 'too_small') {
    return ['array', 'string'].includes(issue.origin)
      ? 'it must not be empty'
      : `${issue.minimum} is the least`;
  }
  return issue.message;
}

const typeNames: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a mapping of keys to values',
};

/** Explains the form that the value was meant to have, where that is plain. */
function explainUnion(issue: Issue & { code: 'invalid_union' }, place: Place): Fault[] {
  const { path, value } = place;
  const fault = (message: string, suggestion?: string): Fault[] => [
    { path, at: 'value', message, suggestion },
  ];
  if (issue.discriminator !== undefined) {
    const names = 'options' in issue ? issue.options?.map(String) : undefined;
    return fault(`unknown ${nameOf(path)} ${quoted(value)}`, suggestName(value, names ?? []));
  }
  const options = place.schemas.flatMap(schema => (schema instanceof z.ZodUnion ? schema.options : []));
  const meant = issue.errors.findIndex(issues => !issues.some(branch => isOfAnotherForm(branch, value)));
  if (meant >= 0) return explainAll(issue.errors[meant] ?? [], { ...place, schemas: [options[meant]] });
  const keys = options.flatMap(option => keysOf(option));
  const strangers = Object.keys(isMapping(value) ? value : {}).filter(key => !keys.includes(key));
  if (strangers.length > 0) return unknownKeys(strangers, { ...place, schemas: options });
  return fault(
    describe(issue, place),
    keys.length > 0 ? `give it one key: ${keys.join(', ')}` : rightValue(place),
  );
}

function isOfAnotherForm(issue: Issue, value: unknown): boolean {
  if (issue.path.length === 0) return issue.code === 'invalid_type' || issue.code === 'unrecognized_keys';
  return issue.path.reduce(get, value) === undefined;
}

function unknownKeys(keys: readonly string[], { path, value, schemas }: Place): Fault[] {
  const known = schemas.flatMap(schema => keysOf(schema, value)).filter(key => get(value, key) === undefined);
  return keys.map(key => ({
    path: [...path, key],
    at: 'key',
    message: `unknown key ${quoted(key)}`,
    // That one key is left to be given says nothing of what this one was meant to be.
    suggestion: known.length === 1 && nearest(key, known) === undefined ? undefined : suggestName(key, known),
  }));
}

function below({ path, value, schemas }: Place, key: PropertyKey): Place {
  return {
    path: [...path, key],
    value: get(value, key),
    schemas: schemas
      .flatMap(schema => bare(schema, value))
      .map(schema => {
        if (schema instanceof z.ZodObject) return get(schema.shape, key);
        return schema instanceof z.ZodArray ? schema.element : undefined;
      }),
  };
}

/** A schema without what is wrapped around it; of a discriminated union, the options that the value chose. */
function bare(schema: unknown, value: unknown): unknown[] {
  if (schema instanceof z.ZodOptional) return bare(schema.unwrap(), value);
  if (schema instanceof z.ZodPipe) return bare(schema.in, value);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def;
    const chosen = (option: unknown) => {
      const tag = option instanceof z.ZodObject ? get(option.shape, discriminator) : undefined;
      return tag instanceof z.ZodLiteral && tag.value === get(value, discriminator);
    };
    return schema.options.filter(chosen);
  }
  return [schema];
}

const keysOf = (schema: unknown, value?: unknown): string[] =>
  bare(schema, value).flatMap(inner => (inner instanceof z.ZodObject ? Object.keys(inner.shape) : []));

/** What would be right, as the schema describes it. */
function rightValue({ schemas, value }: Place): string | undefined {
  const [schema] = schemas;
  const [inner] = bare(schema, value);
  if (inner instanceof z.ZodEnum) return suggestName(undefined, inner.options.map(String));
  if (inner instanceof z.ZodLiteral) return suggestName(undefined, [...inner.values].map(String));
  return schema instanceof z.ZodType ? schema.description : undefined;
}

/** What messages call the value at a path: the last key that leads to it. */
const nameOf = (path: Path): string => path.findLast(step => typeof step === 'string') ?? 'baseline';

const isMapping = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;

const get = (value: unknown, key: PropertyKey): unknown =>
  isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
