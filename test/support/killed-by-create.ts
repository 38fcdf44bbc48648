import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolFolders, toolPath } from '../../scripts/lib/toolchain/tool-path.ts';

/** A PATH whose buildx kills a daemon before its first `create`, and then does as the real one. */
export async function killedByCreate(folder: string, pid: number): Promise<string> {
  const own = join(folder, 'killing');
  await mkdir(own, { recursive: true });
  const file = join(own, 'buildx');
  const lines = [
    '#!/bin/sh',
    `if [ "$1" = create ]; then kill -9 ${pid} 2>/dev/null && sleep 0.2; fi`,
    `exec ${toolPath('buildx')} "$@"`,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  await chmod(file, 0o755);
  return [own, ...toolFolders(), process.env['PATH'] ?? ''].join(':');
}
