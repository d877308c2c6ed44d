import type { Severity } from '../../model/severity.ts';
import type { Look } from '../look.ts';

/** A severity's colour, from the worst to the least. */
export const severityPaint = ({ paint }: Look) =>
  ({
    critical: paint.bold.red,
    high: paint.red,
    medium: paint.yellow,
    low: paint.cyan,
    info: paint.blue,
  }) as const satisfies Record<Severity, (text: string) => string>;
