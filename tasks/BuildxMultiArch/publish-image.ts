import { type CacheShare, cacheShare, percentCached } from '../../src/core/buildx/progress.ts';
import { succeeded } from '../../src/core/command-failure.ts';
import { platformDigests } from '../../src/core/image/index-manifest.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildxSettings } from './buildx-settings.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import type { BuildPlan } from './plan-build.ts';
import type { BuildOutcome } from './run-build.ts';
import type { StepPaths } from './step-paths.ts';

/** Digests by platform; empty when nothing was pushed. */
export type PlatformDigests = Readonly<Record<string, string>>;

type Ports = Pick<TaskPorts, 'host' | 'commands'>;

const answerLimitMs = 60_000;

/** Sets what is known at once, so that later steps have it whatever happens after. */
export function setOutputs(
  { request }: BuildPlan,
  outcome: BuildOutcome,
  { metadataFile }: StepPaths,
  host: TaskHost,
): CacheShare {
  const share = cacheShare(outcome.steps);
  host.setOutput('cacheShare', String(percentCached(share)));
  host.setOutput('seconds', (outcome.ms / 1000).toFixed(1));
  host.setOutput('replica', outcome.replicas.join(','));
  if (outcome.result !== 'succeeded') return share;
  host.setOutput('metadata', metadataFile);
  const { digest } = outcome.metadata;
  const [image] = request.image.references;
  if (!request.image.isPushed || image === undefined || digest === undefined) return share;
  host.setOutput('digest', digest);
  host.setOutput('imageRef', `${image.name}@${digest}`);
  host.setOutput('imageName', image.name);
  host.setOutput('version', request.image.version ?? image.tag);
  host.setOutput('tags', request.image.references.map(taggedReference).join('\n'));
  return share;
}

/** Asks the registry for the manifests behind the digest; what it does not tell is left out with a warning. */
export async function findPlatformDigests(
  { request }: BuildPlan,
  { metadata }: BuildOutcome,
  builder: ChosenBuilder,
  { buildx, environment }: BuildxSettings,
  { host, commands }: Ports,
): Promise<PlatformDigests> {
  const [image] = request.image.references;
  const { digest } = metadata;
  if (!request.image.isPushed || image === undefined || digest === undefined) return {};
  const result = await commands.run({
    file: buildx.file,
    args: ['imagetools', 'inspect', '--raw', `${image.name}@${digest}`],
    env: environment,
    timeoutMs: answerLimitMs,
  });
  const digests = succeeded(result)
    ? (platformDigests(result.stdout) ?? ofOnePlatform(builder, digest))
    : {};
  if (!succeeded(result)) host.warning(`The output "digests" is empty: ${result.stderr.trim()}`);
  host.setOutput('digests', JSON.stringify(digests));
  return digests;
}

function ofOnePlatform({ platforms }: ChosenBuilder, digest: string): PlatformDigests {
  return Object.fromEntries(platforms.map(({ platform }) => [formatPlatform(platform), digest]));
}
