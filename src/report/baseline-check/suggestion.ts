import { Document, isCollection, visit } from 'yaml';
import type { BaselineCheck } from '../../model/baseline-check.ts';

/** The suggested rows as YAML, under the keys that they belong under, ready to be pasted into the baseline's file. */
export function suggestionYaml({ suggestion }: BaselineCheck): string {
  const { securityGroups, networkAcls } = suggestion;
  const sections = {
    ...(securityGroups.length > 0 && { securityGroups: { rows: securityGroups } }),
    ...(networkAcls.length > 0 && { networkAcls: { rows: networkAcls } }),
  };
  if (Object.keys(sections).length === 0) return '# Nothing is blocked that must pass: no row is missing.\n';
  const document = new Document(sections);
  visit(document, {
    Pair: (_, { key, value }) => {
      if (INLINE.has(String(key)) && isCollection(value)) value.flow = true;
    },
  });
  return document.toString({ lineWidth: 120, flowCollectionPadding: true });
}

/** What the baseline's file writes on one line. */
const INLINE: ReadonlySet<string> = new Set(['ports', 'peer', 'for']);
