import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Stands in for kubectl where there is no cluster: `exec -i POD -- COMMAND` runs the command here, its input
 * and output passed through, as kubectl does; another pod is answered as the API server does.
 * @returns the folder with the program
 */
export async function kubectlStandIn(
  folder: string,
  pod: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  await mkdir(folder);
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}="${value}"`);
  const lines = [
    '#!/bin/sh',
    'case "$*" in',
    `  "--context= --namespace=ci exec --container= -i ${pod} -- "*) ;;`,
    `  *) echo 'Error from server (NotFound): pods "gone" not found' >&2; exit 1 ;;`,
    'esac',
    'while [ "$1" != -- ]; do shift; done',
    'shift',
    ...exports,
    'exec "$@"',
  ];
  await writeFile(join(folder, 'kubectl'), `${lines.join('\n')}\n`);
  await chmod(join(folder, 'kubectl'), 0o755);
  return folder;
}
