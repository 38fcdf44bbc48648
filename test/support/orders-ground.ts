import { randomBytes } from 'node:crypto';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { example, resourcesOf } from '../../scripts/lib/demo/scenario.ts';
import type { ClientCertificates, Playground } from '../../scripts/lib/playground/options.ts';
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';
import { toolPath } from '../../scripts/lib/toolchain/tool-path.ts';
import { builtTasks } from './built-tasks.ts';
import { type PlainUser, startPlainUser } from './plain-user.ts';
import { type PipelineRun, runPipeline } from './run-pipeline.ts';

type Runner = 'root' | 'plain user';

/** Where the example's own pipeline runs, again and again, on one builder and one registry. */
export interface OrdersGround {
  readonly playground: Playground;
  readonly secrets: readonly string[];
  run(as: Runner, node: '20' | '24'): Promise<PipelineRun>;
  userOf(as: Runner): Promise<PlainUser | undefined>;
  remove(): Promise<void>;
}

const registries = [
  { name: 'ci', credentials: { username: 'ci', password: randomBytes(18).toString('base64url') } },
] as const;
const [{ credentials }] = registries;

/** The builder's cache is kept between the runs, so that only the first one builds. */
export async function startOrdersGround(): Promise<OrdersGround> {
  const folder = await mkdtemp(join(tmpdir(), 'orders-'));
  await chmod(folder, 0o755);
  await builtTasks();
  const stateDir = join(folder, 'playground');
  const builders = [{ name: 'ci', tls: true }];
  const playground = await startPlayground({ stateDir, builders, registries });
  const files = await exampleFiles();
  const signingKey = randomBytes(32).toString('hex');
  let plain: Promise<PlainUser> | undefined;
  const userOf = async (as: Runner): Promise<PlainUser | undefined> =>
    as === 'root' ? undefined : (plain ??= preparePlainUser(folder, playground));
  const runs: PipelineRun[] = [];
  return {
    playground,
    secrets: [signingKey, credentials.password],
    userOf,
    run: async (as, node) => {
      const user = await userOf(as);
      const certificates = user === undefined ? undefined : join(folder, 'certificates');
      const run = await runPipeline({
        pipeline: files['azure-pipelines.yml'] ?? '',
        files,
        resources: resourcesOf({ signingKey, credentials }, playground, certificates),
        environment: playground.environment,
        limitMs: 600_000,
        // The demo's tests build for two; emulation would take most of the time here.
        args: ['--node', node, '--parameter', 'platforms=linux/amd64'],
        ...(user === undefined ? {} : { user }),
      });
      runs.push(run);
      return run;
    },
    remove: async () => {
      await Promise.all(runs.map((run) => run.remove()));
      await (await plain)?.remove();
      await playground.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The example's files by path. */
async function exampleFiles(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(example, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('__pycache__'))
    .map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(example.length + 1), await readFile(path, 'utf8')]),
  );
  return Object.fromEntries(texts) as Record<string, string>;
}

/** A plain user with a buildx and client certificates that it may read. */
async function preparePlainUser(folder: string, playground: Playground): Promise<PlainUser> {
  const user = await startPlainUser(playground, registries);
  await mkdir(join(folder, 'bin'));
  await copyFile(toolPath('buildx'), join(folder, 'bin', 'buildx'));
  const pem = playground.builder('ci').certificates;
  if (pem === undefined) throw new Error('the builder has no certificates');
  await mkdir(join(folder, 'certificates'));
  for (const path of clientFiles(pem)) {
    const copy = join(folder, 'certificates', path.split('/').pop() ?? '');
    await copyFile(path, copy);
    await chown(copy, user.uid, user.gid);
  }
  const PATH = `${join(folder, 'bin')}:${user.environment['PATH'] ?? ''}`;
  return { ...user, environment: { ...user.environment, PATH } };
}

const clientFiles = ({ ca, cert, key }: ClientCertificates): readonly string[] => [ca, cert, key];
