import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, fail, input, variable } from '../task-environment.ts';

/** Fetches the file from the server, as Microsoft's task does: with the ticket and the job's token. */
async function download(): Promise<void> {
  const id = input('secureFile');
  const url = new URL(
    `${variable('System.TeamProject')}/_apis/distributedtask/securefiles/${id}`,
    variable('System.CollectionUri'),
  );
  url.searchParams.set('ticket', process.env[`SECUREFILE_TICKET_${id}`] ?? '');
  url.searchParams.set('download', 'true');
  const token = process.env['ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN'] ?? '';
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) {
    fail(`The secure file could not be downloaded: HTTP ${response.status}`);
    return;
  }
  const path = join(variable('Agent.TempDirectory'), process.env[`SECUREFILE_NAME_${id}`] ?? id);
  writeFileSync(path, Buffer.from(await response.arrayBuffer()), { mode: 0o600 });
  command('task.setvariable', { variable: 'secureFilePath' }, path);
}

download().catch((error: unknown) => {
  fail(`The secure file could not be downloaded: ${String(error)}`);
});
