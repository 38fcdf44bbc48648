import { relative } from 'node:path';
import { packageExtension } from './lib/package/package-extension.ts';
import { runScript } from './lib/run-script.ts';

await runScript(async () => {
  const root = process.cwd();
  const { path, bytes, sha256, tasks } = await packageExtension(root);
  const row = (name: string, size: number, note: string): void => {
    console.log(`${name.padEnd(40)}${`${Math.ceil(size / 1024)} KB`.padStart(8)}  ${note}`);
  };
  for (const [task, size] of tasks) row(task, size, 'unpacked');
  row(relative(root, path), bytes, 'packed and verified');
  console.log(`SHA-256 ${sha256}`);
});
