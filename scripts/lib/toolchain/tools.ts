import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseGoModule } from './go-mod.ts';

/** The folder of the Go modules whose `tool` lines name our tools: its own, and those of its sub-folders. */
export const toolchainFolder = fileURLToPath(new URL('../../../toolchain', import.meta.url));

export type ToolName =
  'buildkitd' | 'buildctl' | 'buildx' | 'registry' | 'helm' | 'kubeconform' | 'compose-oracle';

/** How one tool is known, found, downloaded and built. */
export interface Tool {
  readonly name: ToolName;
  /** Sub-folder of `toolchain` with the go.mod; absent: the folder itself. Modules whose requirements disagree live apart. */
  readonly folder?: string;
  /** Only tests need it: the demo and the pipelines at a desk do without. */
  readonly isForTests?: true;
  /** Go module, whose version in go.mod is the tool's version. */
  readonly module: string;
  /** The package with its `main` function. */
  readonly package: string;
  /** The string variable that holds the version: without it the tool prints `v0.0.0+unknown`. */
  readonly versionVariable: string;
  /** Arguments that make it print its version. */
  readonly versionArguments: readonly string[];
  /** The official release file, where it may be used instead of a build; `entry` is the tool's path inside a tar archive, absent for a bare binary. */
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
const tools: readonly Tool[] = [
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
    name: 'kubeconform',
    folder: 'chart',
    isForTests: true,
    module: 'github.com/yannh/kubeconform',
    package: 'github.com/yannh/kubeconform/cmd/kubeconform',
    versionVariable: 'main.version',
    versionArguments: ['-v'],
    buildTime: 'under a minute',
  },
  {
    name: 'helm',
    folder: 'chart',
    isForTests: true,
    module: 'helm.sh/helm/v4',
    package: 'helm.sh/helm/v4/cmd/helm',
    versionVariable: 'helm.sh/helm/v4/internal/version.version',
    versionArguments: ['version', '--short'],
    buildTime: 'about 4 minutes',
  },
  {
    name: 'compose-oracle',
    folder: 'compose-oracle',
    isForTests: true,
    module: 'github.com/docker/compose/v5',
    package: '.',
    versionVariable: 'main.version',
    versionArguments: ['--version'],
    buildTime: 'about 3 minutes',
  },
];

/** What the demo and the pipelines at a desk need. */
export const demoTools = tools.filter(({ isForTests }) => isForTests !== true);

/** The tool of that name. */
export function toolNamed(name: ToolName): Tool {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) throw new Error(`There is no tool ${name}.`);
  return tool;
}

/** The oldest Go that builds a tool, such as `1.26.8`. */
export function requiredGoVersion(tool: Tool): string {
  return readGoModule(tool).goVersion;
}

/** The folder of the tool's Go module. */
export function moduleFolder({ folder }: Tool): string {
  return join(toolchainFolder, folder ?? '');
}

/** The pinned version of a tool, read from go.mod, such as `v0.32.2`. */
export function toolVersion(tool: Tool): string {
  const version = readGoModule(tool).versions.get(tool.module);
  if (version === undefined) throw new Error(`No go.mod below toolchain requires ${tool.module}.`);
  return version;
}

function readGoModule(tool: Tool): ReturnType<typeof parseGoModule> {
  return parseGoModule(readFileSync(join(moduleFolder(tool), 'go.mod'), 'utf8'));
}
