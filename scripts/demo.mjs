// Audits an account state that is in the repository, and shows the report; that it has many findings is the point.
import { spawnSync } from 'node:child_process';

const command = ['audit', '--snapshot', 'fixtures/legacy-shop/snapshot.json'];
console.log(`$ securecart ${command.join(' ')}\n`);
const { status, error } = spawnSync(process.execPath, ['dist/securecart.js', ...command], {
  stdio: 'inherit',
});
if (error) throw error;
console.log(`\nExit code: ${status}`);
// 1 says that there are findings; any other than that is a demo that does not work.
process.exitCode = status === 1 ? 0 : 1;
