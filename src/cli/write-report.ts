import { resolve } from 'node:path';
import type { Report } from '../model/report.ts';
import { render } from '../report/render.ts';
import { type LookOptions, lookFor } from './look.ts';
import type { Target } from './targets.ts';
import type { World } from './world.ts';
import { writeFileWhole } from './write-file.ts';

/** Writes a report to each of its targets, in the form that it asks for. */
export async function writeReport(
  report: Report,
  targets: readonly Target[],
  options: LookOptions,
  world: World,
): Promise<void> {
  for (const { format, file } of targets) {
    const output = file === undefined ? world.stdout : undefined;
    const text = await render(report, format, lookFor(output, world, options));
    if (file === undefined) world.stdout.write(text);
    else await writeFileWhole(resolve(world.cwd, file), text);
  }
}
