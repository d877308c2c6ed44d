import { SecureCartError } from '../model/error.ts';
import type { Look } from '../report/look.ts';
import { hang, wrap } from '../report/text.ts';

/** What stderr says of an error: what is wrong and what to do; for anything but a SecureCartError, a bug, its stack. */
export function renderError(error: unknown, version: string, look: Look): string {
  const lines = error instanceof SecureCartError ? expected(error, look) : bug(error, version, look);
  return `${lines.join('\n')}\n`;
}

function expected({ summary, detail, problems, suggestion }: SecureCartError, look: Look): string[] {
  const { paint, width } = look;
  const [first, ...others] = detail.split('\n');
  // Where there are several things to say, each has a line of its own below the summary.
  const said = others.length === 0 ? [`${summary} ${first}`] : [summary, first ?? '', ...others];
  return [
    ...said.flatMap((text, index) =>
      hang(index === 0 ? `${paint.bold.red('error:')} ` : ' '.repeat('error: '.length), text, width),
    ),
    ...problems.flatMap(problem => [
      '',
      `  ${paint.bold(`${problem.file}:${problem.line}:${problem.column}`)}`,
      ...wrap(problem.message, width - 4).map(line => `    ${line}`),
      ...(problem.suggestion === undefined ? [] : hang('    ', problem.suggestion, width, paint.green)),
    ]),
    ...(suggestion === undefined ? [] : ['', ...hang('  ', suggestion, width, paint.green)]),
  ];
}

const bug = (error: unknown, version: string, { paint }: Look): string[] => [
  `${paint.bold.red('error:')} This is a bug in securecart ${version}. Please report it with these lines:`,
  '',
  error instanceof Error ? (error.stack ?? error.message) : String(error),
];
