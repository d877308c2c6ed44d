import { chmod } from 'node:fs/promises';
import { defineConfig } from 'rolldown';

// `module` before `main`: AWS's pre-inlined dist-cjs cannot be shaken.
export default defineConfig({
  input: { securecart: 'bin/securecart.ts' },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
  // npm does this for who installs the package; this is for who has built it.
  plugins: [{ name: 'executable', writeBundle: () => chmod('dist/securecart.js', 0o755) }],
});
