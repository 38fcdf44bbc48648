import type { RegistryLogin } from '../../src/core/registry/auth-config.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { saveLogins } from '../../src/workflows/registry-login.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { buildxEnvironment } from './buildx-settings.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { BuildRecord } from './state.ts';
import type { StepPaths } from './step-paths.ts';

type Ports = Pick<TaskPorts, 'host' | 'files'>;

/** Makes the folder for what must not outlive the step, after the record that the post-job step removes it by. */
export async function openPrivateFolder(
  { id, privateFolder }: StepPaths,
  { host, files }: Ports,
): Promise<void> {
  const record: BuildRecord = { version: 1, privateFolder };
  await saveRecord({ host, files }, id, record);
  await files.makeDirectory(privateFolder);
}

/** Writes logins and large secrets into the private folder. Returns the environment of the build. */
export async function prepareBuild(
  { parts }: BuildPlan,
  logins: readonly RegistryLogin[],
  paths: StepPaths,
  { host, files }: Ports,
): Promise<Readonly<Record<string, string>>> {
  // A retried step must not take the digest of the attempt before.
  await files.remove(paths.metadataFile);
  for (const { command, metadataFile } of parts) {
    await files.remove(metadataFile);
    for (const [path, text] of Object.entries(command.files)) await files.writeText(path, text);
  }
  if (logins.length === 0) return buildxEnvironment(host);
  const { folder } = await saveLogins(logins, paths.loginFolder, { host, files });
  return buildxEnvironment(host, folder);
}
