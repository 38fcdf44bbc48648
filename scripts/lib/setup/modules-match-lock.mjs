// Ends with 0 when node_modules holds what package-lock.json says, else with 1. Plain JavaScript without
// imports of ours: it runs before anything is installed. npm writes node_modules/.package-lock.json last,
// so an installation that was killed half-way does not match.
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Paths of packages with their digests, without the project itself. */
function packagesIn(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(packages).filter(([path]) => path !== '');
}

function modulesMatch() {
  const wanted = new Map(packagesIn('package-lock.json'));
  const installed = new Map(packagesIn('node_modules/.package-lock.json'));
  const same = ([path, { version, integrity }]) =>
    wanted.get(path)?.version === version && wanted.get(path)?.integrity === integrity;
  // Optional packages for other platforms are in the lock file only.
  const missing = [...wanted].filter(([path, { optional }]) => !optional && !installed.has(path));
  return missing.length === 0 && [...installed].every(same);
}

try {
  process.exitCode = modulesMatch() ? 0 : 1;
} catch {
  process.exitCode = 1;
}
