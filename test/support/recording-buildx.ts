import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';

/**
 * The real buildx, with a copy of what it writes to standard error in `rawFile`.
 * @returns the PATH to find it by
 */
export async function recordingBuildx(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly path: string; readonly rawFile: string }> {
  const bin = await mkdtemp(join(folder, 'recording-'));
  const rawFile = join(bin, 'raw');
  const script = `#!/bin/bash
{ ${toolPath('buildx')} "$@" 2>&1 >&3 3>&- | tee -a ${rawFile} >&2 3>&-; exit "\${PIPESTATUS[0]}"; } 3>&1
`;
  await writeFile(join(bin, 'buildx'), script, { mode: 0o755 });
  return { path: `${bin}:${environment['PATH'] ?? ''}`, rawFile };
}
