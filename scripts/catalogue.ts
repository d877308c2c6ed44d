import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Control } from '../src/findings/control.ts';

const ROOT = new URL('../rules/', import.meta.url);

/** The ids of the controls that have a file, in their order: the path of the file below rules/. */
const ids: string[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map(path => path.replaceAll('\\', '/'))
  .filter(path => /^[^/]+\/[^/]+\.ts$/.test(path) && !path.endsWith('.test.ts'))
  .map(path => path.slice(0, -'.ts'.length))
  .sort();

const Module = z.object({ default: z.custom<Control>() });

// Not through rules/index.ts, which one of these functions makes.
const controls: Control[] = [];
for (const id of ids) controls.push(Module.parse(await import(new URL(`${id}.ts`, ROOT).href)).default);

/** rules/index.ts: the catalogue as a list. */
export function catalogueIndex(): string {
  const imports = ids.map(id => `import ${nameOf(id)} from './${id}.ts';`);
  return `// Generated from the files of this folder by \`npm run generate\`.
import type { Control } from '../src/findings/control.ts';
${imports.join('\n')}

/** Every control, by id. */
export const catalogue: readonly Control[] = [
${ids.map(id => `  ${nameOf(id)},`).join('\n')}
];
`;
}

/** rules/README.md as it is, with its table made anew. */
export function catalogueReadme(): string {
  const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
  const rows = controls.map(({ id, severity, title }) => [`[${id}](${id}.ts)`, severity, title]);
  const lines = table([['control', 'severity', 'what it demands'], ...rows]).join('\n');
  return readme.replace(
    /(<!-- table -->\n)[\s\S]*?(\n<!-- \/table -->)/,
    (_, start: string, end: string) => `${start}\n${lines}\n${end}`,
  );
}

/** A table whose columns are aligned, the first row its head, as the formatter wants it. */
function table(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line)];
}

/** `network-acl/public-inbound` as `networkAclPublicInbound`. */
const nameOf = (id: string): string => id.replace(/[-/](.)/g, (_, letter: string) => letter.toUpperCase());
