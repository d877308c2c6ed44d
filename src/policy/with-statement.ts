import { z } from 'zod';
import { Json, type JsonObject } from '../model/json.ts';

const Document = z.record(z.string(), Json);

/**
 * A policy with a statement after all that it has, but for one of the same Sid, which it replaces; a policy of that alone
 * where there is none. Nothing else of the text is changed.
 */
export function withStatement(text: string | null, statement: JsonObject): string {
  const document: JsonObject = text === null ? { Version: '2012-10-17' } : Document.parse(JSON.parse(text));
  const { Statement = [] } = document;
  const kept = [Statement].flat().filter(other => sidOf(other) !== statement.Sid);
  return JSON.stringify({ ...document, Statement: [...kept, statement] });
}

const sidOf = (statement: Json): Json | undefined =>
  typeof statement === 'object' && statement !== null && !Array.isArray(statement)
    ? statement.Sid
    : undefined;
