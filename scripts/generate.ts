// Writes the generated files; with --check writes none, and fails if one is not what it would write.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generated } from './generated.ts';

const stale = Object.entries(generated)
  .map(([path, make]) => ({ path, content: make() }))
  .filter(({ path, content }) => contentOf(path) !== content);

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is not what its source makes: run npm run generate`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const { path, content } of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
