import type { RegistryLogin } from '../../src/core/registry/auth-config.ts';
import { saveRecord } from '../../src/workflows/job-record.ts';
import { saveLogins } from '../../src/workflows/registry-login.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { buildxEnvironment } from './buildx-settings.ts';
import type { BuildPlan } from './plan-build.ts';
import type { BuildRecord } from './state.ts';
import type { StepPaths } from './step-paths.ts';

/**
 * Writes logins and large secrets into the private folder, after the record that the post-job step
 * removes it by. Returns the environment of the build.
 */
export async function prepareBuild(
  { parts }: BuildPlan,
  logins: readonly RegistryLogin[],
  paths: StepPaths,
  { host, files }: Pick<TaskPorts, 'host' | 'files'>,
): Promise<Readonly<Record<string, string>>> {
  const record: BuildRecord = { version: 1, privateFolder: paths.privateFolder };
  await saveRecord({ host, files }, paths.id, record);
  await files.makeDirectory(paths.privateFolder);
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
