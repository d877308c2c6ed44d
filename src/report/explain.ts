import type { Control, Framework } from '../findings/control.ts';
import type { Look } from './look.ts';
import { severityPaint } from './terminal/severity.ts';
import { hang, wrap } from './text.ts';

const frameworks: Readonly<Record<string, string>> = {
  fsbp: 'AWS Foundational Security Best Practices',
  'cis-5.0': 'CIS AWS Foundations 5.0',
  'pci-4.0': 'PCI DSS 4.0',
  'nist-800-53-r5': 'NIST SP 800-53 Rev. 5',
} satisfies Record<Framework, string>;

/** One control in full; `calls` are the API calls that it needs, each with its IAM action. */
export function explain(
  control: Control,
  calls: readonly { readonly call: string; readonly action: string }[],
  look: Look,
): string {
  const { paint, width } = look;
  const section = (title: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : ['', paint.bold(title), ...items.flatMap(item => wrap(item, width - 2).map(line => `  ${line}`))];
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : ['', paint.bold(title), ...items.flatMap(item => hang('  - ', item, width))];
  // A command is not broken into lines: it is there to be copied.
  const commands = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : ['', paint.bold(title), ...items.map(item => `  ${item}`)];
  const lines = [
    `${severityPaint(look)[control.severity](control.severity.toUpperCase())} ${paint.bold(control.id)}`,
    ...wrap(control.title, width),
    ...section('Why', [control.rationale]),
    ...list('What it says', Object.values<string>(control.messages)),
    ...section('What to do', [control.remediation]),
    ...commands('Runbook', control.runbook ?? []),
    ...list(
      'What it reads',
      calls.map(({ call, action }) => (call === action ? call : `${call}, which needs ${action}`)),
    ),
    ...list(
      'Frameworks',
      Object.entries(control.frameworks).map(
        ([framework, ids]) => `${frameworks[framework] ?? framework}: ${ids.join(', ')}`,
      ),
    ),
    ...list('Sources', control.sources),
  ];
  return `${lines.join('\n')}\n`;
}
