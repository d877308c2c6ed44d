import { fileURLToPath } from 'node:url';
import type { Environment, Output, World } from '../../src/cli/world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a run in a made-up world has written, and the world. */
export interface FakeWorld {
  readonly world: World;
  /** Standard output and standard error, as a terminal shows them. */
  readonly screen: () => string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly interrupt: () => void;
}

/** A world in which time stands still and nobody waits, the working directory is the repository, and nothing is a terminal unless `columns` says so. */
export function fakeWorld(
  options: { columns?: number; color?: boolean; env?: Environment; cwd?: string } = {},
): FakeWorld {
  const { columns, color = false, env = {}, cwd = root } = options;
  const written: { to: 'stdout' | 'stderr'; text: string }[] = [];
  const all = (...streams: string[]) =>
    written
      .filter(({ to }) => streams.includes(to))
      .map(({ text }) => text)
      .join('');
  const output = (to: 'stdout' | 'stderr'): Output => ({
    write: text => written.push({ to, text }),
    ...(columns === undefined ? {} : { isTTY: true, columns, getColorDepth: () => (color ? 4 : 1) }),
  });
  const interruption = new AbortController();
  return {
    world: {
      version: '0.0.0',
      env: { LANG: 'C.UTF-8', ...env },
      cwd,
      stdout: output('stdout'),
      stderr: output('stderr'),
      now: () => new Date('2026-01-01T00:00:00Z'),
      sleep: () => Promise.resolve(),
      signal: interruption.signal,
      shippedBaseline: `${root}securecart-baseline.yaml`,
    },
    screen: () => all('stdout', 'stderr'),
    stdout: () => all('stdout'),
    stderr: () => all('stderr'),
    interrupt: () => interruption.abort(),
  };
}
