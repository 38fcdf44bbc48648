import { capabilities, podmanVersion } from '../src/core/agent/capabilities.ts';
import { type Settings, withSettings } from '../src/core/agent/settings-file.ts';
import { succeeded } from '../src/core/command-failure.ts';
import type { Files } from '../src/ports/files.ts';
import { setUp } from '../tasks/SetupBuildkitBuilder/set-up.ts';
import type { SetupPorts } from '../tasks/SetupBuildkitBuilder/setup-ports.ts';
import type { AttachOptions } from './options.ts';

/** What the workflow told: outputs of the step, and variables for later steps. */
export interface Told {
  readonly outputs: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
}

const podmanLimitMs = 10_000;
const everyoneReads = 0o644;

/**
 * Attaches by the task's own workflow, and tells the agent: what it can do, and which builder its jobs
 * have. When it fails, what an earlier start told is taken back.
 * @throws what the workflow throws
 */
export async function attach(
  { inputs, agentRoot }: AttachOptions,
  told: Told,
  ports: SetupPorts,
): Promise<void> {
  if (inputs.dryRun) return setUp(inputs, ports);
  const podman = await findPodman(ports);
  try {
    await setUp(inputs, ports);
  } finally {
    const output = (name: string): string | undefined => told.outputs.get(name);
    const tools = {
      buildkit: output('buildkitVersion'),
      platforms: output('platforms'),
      buildx: output('buildxVersion'),
      podman,
    };
    await change(`${agentRoot}/.capabilities`, capabilities(tools), ports.files);
    await change(`${agentRoot}/.env`, environmentOf(told), ports.files);
  }
  ports.host.info(`Told the agent in ${agentRoot}: .capabilities and .env.`);
}

function environmentOf({ variables }: Told): Settings {
  const names = ['BUILDX_BUILDER', 'BUILDX_CONFIG'];
  return Object.fromEntries(names.map((name) => [name, variables.get(name)]));
}

async function change(path: string, settings: Settings, files: Files): Promise<void> {
  const before = await files.readText(path);
  const after = withSettings(before, settings);
  if (after !== (before ?? '')) await files.writeText(path, after, everyoneReads);
}

async function findPodman({ commands }: SetupPorts): Promise<string | undefined> {
  const args = ['--version'];
  const result = await commands.run({ file: 'podman', args, timeoutMs: podmanLimitMs });
  return succeeded(result) ? podmanVersion(result.stdout) : undefined;
}
