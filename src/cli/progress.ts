import { printable, widthOf } from '../report/text.ts';
import type { Progress } from '../snapshot/read-region.ts';
import type { World } from './world.ts';

/** The line on standard error that says what is awaited; it is drawn over itself, and gone at the end. */
export interface ProgressLine {
  readonly tell: (progress: Progress) => void;
  readonly end: () => void;
}

/** Starts a progress line; where standard error is no terminal, nothing is ever written. */
export function startProgress(world: World): ProgressLine {
  if (world.stderr.isTTY !== true) return { tell: () => {}, end: () => {} };
  const waiting = new Set<string>();
  let read = 0;
  const line = startLine(
    world,
    seconds => `${read} of ${read + waiting.size} read, ${seconds} s, waiting for ${[...waiting].join('; ')}`,
  );
  return {
    tell: ({ kind, region, fact }) => {
      const awaited = `${fact} in ${region}`;
      if (kind === 'reading') waiting.add(awaited);
      else if (waiting.delete(awaited)) read += 1;
      line.draw();
    },
    end: line.end,
  };
}

/** Starts a line of a terminal that is drawn over itself, and again each second, which are counted from `began`: one that stands still says nothing. */
export function startLine(
  { stderr, now }: Pick<World, 'stderr' | 'now'>,
  textAfter: (seconds: number) => string,
  began = now().getTime(),
): { readonly draw: () => void; readonly end: () => void } {
  // Three columns stay free for the ^C that a terminal shows.
  const draw = () => {
    // A clock may be set back meanwhile.
    const seconds = Math.max(0, Math.floor((now().getTime() - began) / 1000));
    stderr.write(`${clear}${shorten(printable(textAfter(seconds)), (stderr.columns ?? 80) - 3)}`);
  };
  const timer = setInterval(draw, 1000);
  timer.unref();
  return {
    draw,
    end: () => {
      clearInterval(timer);
      stderr.write(clear);
    },
  };
}

/** To the start of the line, and the line away. */
const clear = '\r\u001b[2K';

function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = text.slice(0, width - 3);
  while (widthOf(kept) > width - 3) kept = kept.slice(0, -1);
  return `${kept}...`;
}
