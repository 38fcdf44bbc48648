import { parseMetadata } from '../../src/core/buildx/build-metadata.ts';
import { succeeded } from '../../src/core/command-failure.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { StepPaths } from './step-paths.ts';

const exportLimitMs = 60_000;

type Ports = Pick<TaskPorts, 'host' | 'files' | 'commands'>;

/** The builds' records on their daemons (`buildx history`), also as an output; none for a failed build. */
export async function historyRefs(
  { parts, images }: BuildPlan,
  { host, files }: Pick<Ports, 'host' | 'files'>,
): Promise<readonly string[]> {
  const texts = await Promise.all(parts.map(({ metadataFile }) => files.readText(metadataFile)));
  const refs = texts.flatMap((text) =>
    images.flatMap(({ target }) => parseMetadata(text, target).ref ?? []),
  );
  if (refs.length > 0) host.setOutput('historyRef', refs.join('\n'));
  return refs;
}

/** Publishes the records as an artifact, each in a file of its own; what cannot be had is a warning. */
export async function publishRecords(
  refs: readonly string[],
  { buildx, environment }: BuildxSettings,
  { id, recordFolder }: StepPaths,
  { host, files, commands }: Ports,
): Promise<void> {
  if ((host.variable('System.HostType') ?? 'build') !== 'build') {
    host.warning('buildRecord: only builds have artifacts, so the record is not published.');
    return;
  }
  if (refs.length === 0) {
    host.warning('buildRecord: buildx told no record of this build.');
    return;
  }
  await files.makeDirectory(recordFolder);
  for (const [at, ref] of refs.entries()) {
    const path = `${recordFolder}/${id}-${at + 1}.dockerbuild`;
    // Its daemon has to write the trace first, which `--finalize` asks for.
    const args = exportArguments(ref, path);
    const timeoutMs = exportLimitMs;
    const result = await commands.run({ file: buildx.file, args, env: environment, timeoutMs });
    if (succeeded(result)) host.uploadArtifact('build-records', path);
    else
      host.warning(`buildRecord: ${result.stderr.trim() || 'the daemon did not answer in time'}`);
  }
}

/** Metadata says builder/node/id. */
function exportArguments(ref: string, path: string): readonly string[] {
  const [builder = '', , id = ''] = ref.split('/');
  return ['history', 'export', '--builder', builder, '--finalize', '--output', path, id];
}
