import type { Endpoint } from '../../src/core/buildkit/endpoint.ts';
import type { Command } from '../../src/core/command.ts';
import type { ServiceConnection } from '../../src/ports/task-host.ts';
import type { BuildTaskPorts } from '../../tasks/BuildxMultiArch/build-task-ports.ts';
import type { Inputs } from '../../tasks/BuildxMultiArch/inputs/surroundings.ts';
import { taskInputs } from '../../tasks/BuildxMultiArch/inputs.generated.ts';
import { defaultInputs } from './default-inputs.ts';
import { fakeClock } from './fake-clock.ts';
import { connectionRefused, daemonUp, fakeProbe } from './fake-probe.ts';
import { fakeContextFolder } from './fake-context-folder.ts';
import { FakeFiles } from './fake-files.ts';
import { type FakeHttp, fakeHttp } from './fake-http.ts';
import { type RememberedRun, fakeRunHistory } from './fake-run-history.ts';
import { FakeHost, type FakeHostSettings } from './fake-host.ts';
import { type FakeAnswer, type FakeRunner, fakeRunner } from './fake-runner.ts';
import { fixture } from './replay-build.ts';

/** The inputs of a build as the agent would hand them over, with changes. */
export function inputsWith(change: Partial<Inputs> = {}): Inputs {
  return {
    ...defaultInputs(taskInputs),
    repository: ['my.azurecr.io/shop/orders'],
    tags: ['4711', 'latest'],
    dockerfile: '/w/1/s',
    // The fake clock runs faster than any build.
    stallTimeout: 0,
    ...change,
  };
}

/** Of the image that the fake `imagetools create` makes. */
export const mergedDigest = `sha256:${'c'.repeat(64)}`;

const variables = {
  'Build.SourcesDirectory': '/w/1/s',
  'Build.SourceBranch': 'refs/heads/main',
  'System.TeamProject': 'shop',
  'Build.Repository.Name': 'orders',
  'System.TaskInstanceId': 'f6b8',
  BUILDX_BUILDER: 'ci',
  BUILDX_CONFIG: '/t/buildx',
};

export function registryConnection(id: string, password: string): ServiceConnection {
  const parameters: Readonly<Record<string, string>> = {
    registry: 'https://my.azurecr.io',
    username: 'ci',
    password,
  };
  return {
    id,
    url: '',
    scheme: 'UsernamePassword',
    parameter: (name) => parameters[name],
    data: () => undefined,
  };
}

/** How one build goes: a fixture's name, and the exit code. */
export interface FakeBuild {
  readonly build: string;
  readonly exitCode: number;
}

/** What a buildx stands for: its builder, and how the build goes. */
export interface FakeBuildx {
  /** A fixture's name. Default: two-platforms. */
  readonly build?: string;
  readonly exitCode?: number;
  readonly platforms?: readonly string[];
  readonly status?: string;
  /** Addresses of daemons that do not answer. */
  readonly down?: readonly string[];
  readonly inspect?: FakeAnswer;
  /** JSON of the manifest of each platform's image. */
  readonly manifest?: string;
  /** Answers for Podman by its arguments; without it there is no Podman. */
  readonly podman?: (args: readonly string[]) => FakeAnswer;
  /** Called when a build starts. */
  readonly onBuild?: (command: Command) => void;
  /** How each build goes, in place of `build` and `exitCode`. */
  readonly play?: (command: Command) => FakeBuild;
  /** Earlier runs of the pipeline. */
  readonly runs?: readonly RememberedRun[];
  /** Called when the platforms are merged. */
  readonly onMerge?: () => FakeAnswer | undefined;
}

export interface BuildPorts extends BuildTaskPorts {
  readonly http: FakeHttp;
  readonly host: FakeHost;
  readonly files: FakeFiles;
  readonly commands: FakeRunner;
  readonly cancel: () => void;
}

/** Ports with a sources folder that holds a Dockerfile, and a buildx that plays a captured build. */
export function buildPorts(buildx: FakeBuildx = {}, settings: FakeHostSettings = {}): BuildPorts {
  const files = new FakeFiles({ '/w/1/s/Dockerfile': 'FROM busybox\n', '/w/1/s/src.txt': '1\n' });
  const host = new FakeHost({ ...settings, variables: { ...variables, ...settings.variables } });
  const controller = new AbortController();
  const clock = fakeClock();
  const isDown = ({ url }: Endpoint): boolean => buildx.down?.includes(url) === true;
  const commands = fakeRunner((command) => answer(command, buildx, files, controller.signal));
  return {
    host,
    files,
    commands,
    contexts: fakeContextFolder(files),
    clock,
    probe: fakeProbe(clock, (_, endpoint) => (isDown(endpoint) ? connectionRefused : daemonUp)),
    http: fakeHttp(),
    history: fakeRunHistory(buildx.runs),
    cancellation: controller.signal,
    cancel: () => {
      controller.abort();
    },
  };
}

function answer(
  command: Command,
  buildx: FakeBuildx,
  files: FakeFiles,
  cancellation: AbortSignal,
): FakeAnswer | undefined {
  const [verb] = command.args;
  if (command.file === 'podman') return buildx.podman?.(command.args);
  if (command.file !== 'buildx') return undefined;
  if (verb === 'version') return { stdout: 'github.com/docker/buildx v0.36.1 abc' };
  if (verb === 'ls') return { stdout: builderList(buildx) };
  if (verb === 'create') return {};
  if (command.args[1] === 'create') return buildx.onMerge?.() ?? merged(command, files);
  if (verb === 'imagetools') return inspected(command, buildx);
  return built(command, buildx, files, cancellation);
}

function built(
  command: Command,
  buildx: FakeBuildx,
  files: FakeFiles,
  cancellation: AbortSignal,
): FakeAnswer {
  buildx.onBuild?.(command);
  const { build = 'two-platforms', exitCode = 0 } = buildx.play?.(command) ?? buildx;
  if (cancellation.aborted) return { ending: { kind: 'cancelled' } };
  if (exitCode === 0) writeMetadata(command, files);
  const stderr = fixture(`${build}.rawjson`).trimEnd();
  return { stderr, ending: { kind: 'exited', exitCode } };
}

/** The index has the digest of the build or of the merge; the images below it have others. */
function inspected({ args }: Command, { inspect, manifest }: FakeBuildx): FakeAnswer {
  const index = inspect ?? { stdout: fixture('index.json') };
  const digest = args.at(-1)?.split('@')[1] ?? '';
  const isIndex = digest === mergedDigest || fixture('metadata.json').includes(digest);
  return isIndex || manifest === undefined ? index : { stdout: manifest };
}

/** Writes what `imagetools create` of buildx 0.36.1 writes. */
function merged({ args }: Command, files: FakeFiles): FakeAnswer {
  const text = JSON.stringify({ 'containerimage.descriptor': { digest: mergedDigest } });
  files.entries.set(args[args.indexOf('--metadata-file') + 1] ?? '', { text, mode: 0o644 });
  return { stdout: '' };
}

function writeMetadata({ args }: Command, files: FakeFiles): void {
  const path = args[args.indexOf('--metadata-file') + 1] ?? '';
  files.entries.set(path, { text: fixture('metadata.json'), mode: 0o644 });
}

function builderList({ platforms = ['linux/amd64', 'linux/arm64'], status }: FakeBuildx): string {
  const node = {
    Name: 'ci0',
    Endpoint: 'tcp://buildkitd:1234',
    Status: status ?? 'running',
    Version: 'v0.32.2',
    Platforms: platforms,
  };
  return JSON.stringify({ Name: 'ci', Driver: 'remote', Nodes: [node] });
}
