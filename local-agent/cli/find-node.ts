import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeBinaries } from '../agent/node-binaries.ts';
import { UsageError } from './options.ts';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** Finds the Node binaries of a run. `choice` is `--node`. @throws UsageError saying what to install */
export function findNode(choice: string | null): NodeBinaries {
  const node20 = bundled('20');
  const node24 = bundled('24');
  if (choice === null) return { node20, node24, chosen: null };
  if (choice === '20' || choice === '24') {
    const chosen = choice === '20' ? node20 : node24;
    if (chosen) return { node20, node24, chosen };
    throw new UsageError(
      `--node ${choice}: Node ${choice} is not installed. Run "npm install" (it is the optional dependency node${choice}-linux-${process.arch}), or give the path of one.`,
    );
  }
  const chosen = resolve(choice);
  if (!existsSync(chosen)) {
    throw new UsageError(
      `--node ${choice}: expected 20, 24 or the path of a Node binary; there is no file ${chosen}`,
    );
  }
  return { node20, node24, chosen };
}

/** The Node that runs this program, if it is of that major version, else the one from npm. */
function bundled(major: string): string | null {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const binary = resolve(MODULES, `node${major}-linux-${process.arch}`, 'bin', 'node');
  return existsSync(binary) ? binary : null;
}
