import { Fn, type IntrinsicValue } from '@awboost/cfn-template-builder/intrinsics';
import { z } from 'zod';
import { Json } from '../model/json.ts';
import { type ChangeId, Created, CreatedText } from '../model/plan.ts';
import { ANY_REGION, NO_ACCOUNT } from '../plan/provision/empty-account.ts';

/** What stands in a template for what a plan names. */
export interface Names {
  /** What a change creates. */
  readonly created: ReadonlyMap<ChangeId, IntrinsicValue>;
  /** Texts that mean another thing in each account: zones, prefix lists. */
  readonly texts: ReadonlyMap<string, IntrinsicValue>;
}

/** The name of a resource or a parameter: letters and digits, made of the words of a text. */
export const logicalId = (text: string): string =>
  text
    .replaceAll(ANY_REGION, '')
    .replaceAll(/\bnew-/g, '')
    .replace(/\/create$/, '')
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A value of a plan as a template has it: with references for what the plan creates, and whichever account and Region the stack is in. */
export function inTemplate(value: Json, names: Names): IntrinsicValue {
  if (typeof value === 'string') return textInTemplate(value, names);
  if (Array.isArray(value)) return value.map(item => inTemplate(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const created = Created.safeParse(value);
  if (created.success) return names.created.get(created.data.$created);
  const text = CreatedText.safeParse(value);
  if (text.success) return { 'Fn::Sub': text.data.$text.map(part => partInText(part, names)).join('') };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inTemplate(item, names)]));
}

/** A policy is a text of JSON in a call, and JSON in a template. */
function textInTemplate(text: string, names: Names): IntrinsicValue {
  if (text.startsWith('{"')) return inTemplate(Json.parse(JSON.parse(text)), names);
  const meaning = names.texts.get(text);
  if (meaning !== undefined) return meaning;
  const pseudo = PSEUDO.get(text);
  if (pseudo !== undefined) return Fn.ref(pseudo);
  const said = substituted(text);
  // The library's own Fn.sub gives every text a map of variables, and this one has none.
  return said === text ? text : { 'Fn::Sub': said };
}

/** A text as Fn::Sub takes it, with the pseudo parameters in place. */
function substituted(text: string): string {
  let said = text.replaceAll('${', '${!').replace(/^arn:aws:/, `arn:${inText('AWS::Partition')}:`);
  for (const [standIn, name] of PSEUDO) said = said.replaceAll(standIn, inText(name));
  return said;
}

/** A part of a text, which may be the id of what a change creates. */
function partInText(part: string | Created, names: Names): string {
  if (typeof part === 'string') return substituted(part);
  const reference = z.object({ Ref: z.string() }).parse(names.created.get(part.$created));
  return inText(reference.Ref);
}

/** A parameter or a resource as Fn::Sub has it in a text. */
const inText = (name: string): string => `\${${name}}`;

/** What stands in a plan for what does not exist, and the pseudo parameter that has its place. */
const PSEUDO = new Map<string, string>([
  [ANY_REGION, 'AWS::Region'],
  [NO_ACCOUNT, 'AWS::AccountId'],
]);
