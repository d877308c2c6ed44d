import type { Template } from '@awboost/cfn-template-builder/template';
import { stringify } from 'yaml';
import { Json } from '../model/json.ts';

/** The forms in which CloudFormation reads a template. */
export type TemplateFormat = 'yaml' | 'json';

/**
 * The text of a template. Its YAML is quoted for a reader of YAML 1.1, to which `NO` is false: CloudFormation is one. Its
 * JSON has no blanks, with which it would be more than the 51,200 bytes that CloudFormation takes without a bucket.
 */
export function renderTemplate(template: Template, format: TemplateFormat): string {
  const json = JSON.stringify(template);
  switch (format) {
    case 'json':
      return `${json}\n`;
    case 'yaml':
      return stringify(Json.parse(JSON.parse(json)), { lineWidth: 0, compat: 'yaml-1.1' });
    default:
      return format satisfies never;
  }
}
