import type { Control } from '../findings/control.ts';
import { count } from '../model/count.ts';
import { systemOf } from '../model/report.ts';
import { groupBy } from './group-by.ts';
import type { Look } from './look.ts';
import { severityPaint } from './terminal/severity.ts';
import { hang } from './text.ts';

const nameOf = ({ id }: Control): string => id.slice(systemOf(id).length + 1);

/** The catalogue, system by system: severity, name and title of each control. */
export function listControls(controls: readonly Control[], look: Look): string {
  const { paint, width } = look;
  const widest = Math.max(...controls.map(control => nameOf(control).length));
  const line = (control: Control) => {
    const severity = severityPaint(look)[control.severity](control.severity.padEnd(8));
    return hang(`  ${severity}  ${nameOf(control).padEnd(widest)}  `, control.title, width);
  };
  const systems = groupBy(controls, ({ id }) => systemOf(id));
  const lines = [...systems].flatMap(([system, members]) => [
    paint.bold(system),
    ...members.flatMap(line),
    '',
  ]);
  return `${[...lines, paint.dim(`${count(controls.length, 'control')}; securecart explain CONTROL says all about one`)].join('\n')}\n`;
}

/** The same for a program: what a report says of a control, whatever account it is about. */
export const controlsAsJson = (controls: readonly Control[]): string =>
  `${JSON.stringify(
    controls.map(({ id, severity, title, scope, frameworks, needs }) => ({
      id,
      severity,
      title,
      scope,
      frameworks,
      needs,
    })),
    null,
    2,
  )}\n`;
