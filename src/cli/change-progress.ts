import type { Engine, EngineEvent } from '../apply/engine.ts';
import type { Progress } from '../apply/progress.ts';
import { type ChangeId, changesOf } from '../model/plan.ts';
import { renderEvent, titlesOf } from '../report/applied.ts';
import { lookFor } from './look.ts';
import { startLine } from './progress.ts';
import type { World } from './world.ts';

/** What the changes are part of, and how much of it is done. */
type Of = Pick<Progress, 'plan'> & Partial<Pick<Progress, 'done'>>;

/**
 * Tells on standard error how changes go on. A terminal shows what is under way, and what it waits for, on a line that is
 * drawn over itself; a pipe gets one line for each wait. Without what is done it is only looked at what became of changes.
 */
export function tellOf(world: World, options: { readonly color: boolean }, of: Of): Engine['tell'] {
  const { stderr, now } = world;
  const look = lookFor(stderr, world, options);
  const titles = titlesOf(of.plan);
  const began = now().getTime();
  /** What each change under way waits for; undefined where it waits for its call alone. */
  const under = new Map<ChangeId, string | undefined>();
  let line: ReturnType<typeof startLine> | undefined;
  const write = (event: EngineEvent) => stderr.write(renderEvent(event, titles, look));
  const hide = () => {
    line?.end();
    line = undefined;
  };
  const show = () => {
    if (under.size === 0) return hide();
    line ??= startLine(world, seconds => lineOf(under, of, titles, seconds), began);
    line.draw();
  };
  return event => {
    const isTold = event.kind === 'waiting' && under.get(event.change) === event.for;
    if (event.kind === 'begun' || event.kind === 'waiting')
      under.set(event.change, event.kind === 'waiting' ? event.for : undefined);
    else under.delete(event.change);
    if (stderr.isTTY !== true) {
      if (!isTold) write(event);
      return;
    }
    if (event.kind === 'made' || event.kind === 'failed') {
      hide();
      write(event);
    }
    show();
  };
}

function lineOf(
  under: ReadonlyMap<ChangeId, string | undefined>,
  { plan, done }: Of,
  titles: (change: ChangeId) => string,
  seconds: number,
): string {
  const made = done === undefined ? '' : `${done().length} of ${changesOf(plan).length} done, `;
  const waits = [...new Set([...under.values()].flatMap(awaited => awaited ?? []))];
  const what =
    waits.length === 0 ? [...under.keys()].map(titles).join('; ') : `waiting for ${waits.join('; ')}`;
  return `${made}${seconds} s, ${what}`;
}
