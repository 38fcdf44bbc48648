import { join } from 'node:path';
import { renewDigests } from './lib/buildx-digests/renew-digests.ts';
import { runScript } from './lib/run-script.ts';

const table = join('src', 'core', 'buildx', 'release-digests.json');

await runScript(async () => {
  const added = await renewDigests(table, process.argv.slice(2), fetch);
  console.log(
    added.length === 0 ? `${table} has them already.` : `${table}: added ${added.join(', ')}.`,
  );
});
