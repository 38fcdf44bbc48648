import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseGoModule } from './go-mod.ts';
import { testTools } from './test-tools.ts';
import type { Tool, ToolName } from './tool.ts';

/** The folder of the Go modules whose `tool` lines name our tools: its own, and those of its sub-folders. */
export const toolchainFolder = fileURLToPath(new URL('../../../toolchain', import.meta.url));

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
  ...testTools,
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

/** For a program whose source is ours: the first digits of the SHA-256 of all its files; nothing for others. */
export function sourceDigest(tool: Tool): readonly string[] {
  if (tool.package !== '.') return [];
  const folder = moduleFolder(tool);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  }
  return [hash.digest('hex').slice(0, 12)];
}

function readGoModule(tool: Tool): ReturnType<typeof parseGoModule> {
  return parseGoModule(readFileSync(join(moduleFolder(tool), 'go.mod'), 'utf8'));
}
