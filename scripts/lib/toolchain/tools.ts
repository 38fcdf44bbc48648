import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseGoModule } from './go-mod.ts';

/** The folder with the Go module whose `tool` lines name our tools. */
export const toolchainFolder = fileURLToPath(new URL('../../../toolchain', import.meta.url));

export type ToolName = 'buildkitd' | 'buildctl' | 'buildx' | 'registry' | 'compose-oracle';

/** How one tool is known, found, downloaded and built. */
export interface Tool {
  readonly name: ToolName;
  /** The folder below the toolchain with the tool's own go.mod; absent: the toolchain's. */
  readonly folder?: string;
  /** Go module, whose version in go.mod is the tool's version. */
  readonly module: string;
  /** The package with its `main` function. */
  readonly package: string;
  /** The string variable that holds the version: without it the tool prints `v0.0.0+unknown`. */
  readonly versionVariable: string;
  /** Arguments that make it print its version. */
  readonly versionArguments: readonly string[];
  /** The official release file; `entry` is the tool's path inside a tar archive, absent for a bare binary. Absent: there is none. */
  readonly archive?: (
    version: string,
    architecture: string,
  ) => { readonly file: string; readonly release: string; readonly entry?: string };
  /** How long a first build with Go takes on two cores. */
  readonly buildTime: string;
}

const github = 'https://github.com';

function buildkit(name: 'buildkitd' | 'buildctl', buildTime: string): Tool {
  return {
    name,
    module: 'github.com/moby/buildkit',
    package: `github.com/moby/buildkit/cmd/${name}`,
    versionVariable: 'github.com/moby/buildkit/version.Version',
    versionArguments: ['--version'],
    archive: (version, architecture) => ({
      file: `buildkit-${version}.linux-${architecture}.tar.gz`,
      release: `${github}/moby/buildkit/releases/download/${version}`,
      entry: `bin/${name}`,
    }),
    buildTime,
  };
}

/** Every tool of the toolchain, in the order in which a first build shares most work. */
export const tools: readonly Tool[] = [
  {
    name: 'registry',
    module: 'github.com/distribution/distribution/v3',
    package: 'github.com/distribution/distribution/v3/cmd/registry',
    versionVariable: 'github.com/distribution/distribution/v3/version.version',
    versionArguments: ['--version'],
    archive: (version, architecture) => ({
      file: `registry_${version.slice(1)}_linux_${architecture}.tar.gz`,
      release: `${github}/distribution/distribution/releases/download/${version}`,
      entry: 'registry',
    }),
    buildTime: 'about 3 minutes',
  },
  {
    name: 'buildx',
    module: 'github.com/docker/buildx',
    package: 'github.com/docker/buildx/cmd/buildx',
    versionVariable: 'github.com/docker/buildx/version.Version',
    versionArguments: ['version'],
    archive: (version, architecture) => ({
      file: `buildx-${version}.linux-${architecture}`,
      release: `${github}/docker/buildx/releases/download/${version}`,
    }),
    buildTime: 'about 2 minutes',
  },
  buildkit('buildctl', 'under a minute'),
  buildkit('buildkitd', 'about a minute'),
  {
    name: 'compose-oracle',
    folder: 'compose-oracle',
    module: 'github.com/docker/compose/v5',
    package: '.',
    versionVariable: 'main.version',
    versionArguments: ['--version'],
    buildTime: 'about 3 minutes',
  },
];

/** The folder with the go.mod that a tool is built by. */
export function moduleFolder(tool: Tool): string {
  return tool.folder === undefined ? toolchainFolder : join(toolchainFolder, tool.folder);
}

/** The tool of that name. */
export function toolNamed(name: ToolName): Tool {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw new Error(`There is no tool ${name}.`);
  return tool;
}

/** The oldest Go that builds the toolchain, such as `1.26.8`. */
export function requiredGoVersion(): string {
  return readGoModule().goVersion;
}

/** The pinned version of a tool, read from go.mod, such as `v0.32.2`. */
export function toolVersion(tool: Tool): string {
  const folder = moduleFolder(tool);
  const version = readGoModule(folder).versions.get(tool.module);
  if (version === undefined) throw new Error(`${folder}/go.mod does not require ${tool.module}.`);
  return version;
}

function readGoModule(folder: string = toolchainFolder): ReturnType<typeof parseGoModule> {
  return parseGoModule(readFileSync(`${folder}/go.mod`, 'utf8'));
}
