import table from './release-digests.json' with { type: 'json' };

/** A processor as docker/buildx names it in its release files. */
export type BuildxArchitecture = 'amd64' | 'arm64';

const digests: Readonly<Record<string, string>> = table.sha256;

/** Where docker/buildx publishes: below it, `v0.36.1/buildx-v0.36.1.linux-amd64`. */
export const officialReleases = 'https://github.com/docker/buildx/releases/download';

/** The release binary's name. @param version without `v`, e.g. `0.36.1` */
export function releaseFile(version: string, architecture: BuildxArchitecture): string {
  return `buildx-v${version}.linux-${architecture}`;
}

/** SHA-256 (hex) of a release binary by its file name; undefined when the table does not have it. */
export function releaseDigest(file: string): string | undefined {
  return digests[file];
}

/** The versions that the table has for an architecture, newest first. */
export function knownVersions(architecture: BuildxArchitecture): readonly string[] {
  const pattern = new RegExp(`^buildx-v(.+)\\.linux-${architecture}$`);
  return Object.keys(digests)
    .flatMap((file) => pattern.exec(file)?.[1] ?? [])
    .sort((left, right) => right.localeCompare(left, 'en', { numeric: true }));
}

/** @param agentArchitecture `Agent.OSArchitecture`: X64, ARM64, X86 or ARM (agent contract, section 8) */
export function buildxArchitecture(agentArchitecture: string): BuildxArchitecture | undefined {
  switch (agentArchitecture.toUpperCase()) {
    case 'X64':
      return 'amd64';
    case 'ARM64':
      return 'arm64';
    default:
      return undefined;
  }
}
