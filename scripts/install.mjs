// Installs what package-lock.json names, unless node_modules already holds exactly that. Not `npm ci`: it refuses a lock
// file without the optional packages of other platforms, and a mirror that serves one platform writes just such a file.
import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!fresh) execSync('npm install --no-save', { stdio: 'inherit' });
