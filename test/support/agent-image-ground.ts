import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { bundleCli } from '../../scripts/lib/build/bundle-cli.ts';
import type { ClientCertificates, Playground } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { type AgentDownloads, serveAgentDownloads } from './agent-downloads.ts';
import { builtTasks } from './built-tasks.ts';
import { type PipelineRun, runPipeline } from './run-pipeline.ts';

const pipelineFile = 'examples/agent-image/azure-pipelines.yml';
const credentials = { username: 'ci', password: randomBytes(18).toString('base64url') };

/** Where the example's pipeline builds the agent's image, and where that image runs. */
export interface ImageGround {
  readonly folder: string;
  readonly playground: Playground;
  readonly credentials: { readonly username: string; readonly password: string };
  /** Runs the example's pipeline, unchanged. */
  build(): Promise<PipelineRun>;
  /** A folder with a client's certificates, readable by any user as a mounted Secret is. */
  certificates(): Promise<string>;
  remove(): Promise<void>;
}

export async function startImageGround(): Promise<ImageGround> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-image-'));
  await chmod(folder, 0o755);
  await builtTasks();
  await bundleCli(process.cwd());
  const downloads = await serveAgentDownloads(join(folder, 'downloads'));
  const playground = await startPlayground({
    stateDir: join(folder, 'playground'),
    builders: [{ name: 'ci', tls: true }],
    registries: [{ name: 'ci', credentials }],
  });
  const runs: PipelineRun[] = [];
  return {
    ...{ folder, playground, credentials },
    build: async () => {
      const run = await runExample(playground, downloads);
      runs.push(run);
      return run;
    },
    certificates: () => copyCertificates(folder, playground.builder('ci').certificates),
    remove: async () => {
      await Promise.all(runs.map((run) => run.remove()));
      downloads.close();
      await playground.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function runExample(playground: Playground, downloads: AgentDownloads): Promise<PipelineRun> {
  return runPipeline({
    pipeline: await readFile(pipelineFile, 'utf8'),
    files: await contextFiles(),
    resources: resourcesOf(playground),
    environment: playground.environment,
    limitMs: 900_000,
    args: ['--parameter', `buildArgs=${downloads.buildArgs.join('\n')}`],
  });
}

async function contextFiles(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir('deploy/agent-image', { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const all = [...paths, 'cli/dist/daemonless.cjs'];
  return Object.fromEntries(
    await Promise.all(all.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
  );
}

function resourcesOf(playground: Playground): string {
  const { host } = playground.registry('ci');
  return stringify({
    variables: {
      registry: host,
      buildkitEndpoint: playground.builder('ci').address,
      buildkitCertificates: dirname(playground.builder('ci').certificates?.ca ?? ''),
    },
    serviceConnections: {
      'agents-registry': {
        type: 'dockerregistry',
        url: 'https://hub.docker.com/',
        scheme: 'UsernamePassword',
        parameters: { registry: host, ...credentials },
        data: { registrytype: 'Others' },
      },
    },
  });
}

async function copyCertificates(
  folder: string,
  pem: ClientCertificates | undefined,
): Promise<string> {
  if (pem === undefined) throw new Error('the builder has no certificates');
  const secret = join(folder, 'certificates');
  await mkdir(secret, { recursive: true });
  for (const [name, path] of [
    ['ca.crt', pem.ca],
    ['tls.crt', pem.cert],
    ['tls.key', pem.key],
  ] as const) {
    await copyFile(path, join(secret, name));
    await chmod(join(secret, name), 0o444);
  }
  return secret;
}
