/**
 * The oldest buildx we work with: `ls --format json` and `--progress rawjson` came with v0.13.0
 * (docker/buildx pull request 1787 and its release notes).
 */
export const minimumBuildx = '0.13.0';

/** The version in `buildx version`'s line, e.g. `0.36.1` or `0.0.0+unknown`; undefined when it tells none. */
export function readBuildxVersion(output: string): string | undefined {
  return /^\S*docker\/buildx\S*\s+v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1];
}

/** A build without a version stamp (plain `go build`): nobody can tell how old it is. */
export function isUnstamped(version: string): boolean {
  return version.startsWith('0.0.0');
}

/** Unstamped builds count as new: they are made from sources, and their owner knows which. */
export function isNewEnough(version: string, minimum: string = minimumBuildx): boolean {
  return isUnstamped(version) || compare(numbersOf(version), numbersOf(minimum)) >= 0;
}

function numbersOf(version: string): readonly number[] {
  const core = /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '0.0.0';
  return core.split('.').map(Number);
}

function compare(left: readonly number[], right: readonly number[]): number {
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}
