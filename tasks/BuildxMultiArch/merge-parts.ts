import { joinedMetadata, parseMetadata } from '../../src/core/buildx/build-metadata.ts';
import { mergeArguments } from '../../src/core/buildx/merge-args.ts';
import { waitBefore } from '../../src/core/buildx/recovery.ts';
import { isPassingFailure } from '../../src/core/registry/passing-failure.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { Command, CommandResult } from '../../src/core/command.ts';
import { formatSeconds } from '../../src/core/text/measures.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { TaskHost } from '../../src/ports/task-host.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import type { BuildSettings } from './buildx-settings.ts';
import type { BuildPlan } from './planned-parts.ts';
import type { OutcomeFailure } from './relay-part.ts';
import type { StepPaths } from './step-paths.ts';

const mergeLimitMs = 120_000;
const hint =
  'The images for the single platforms are pushed, but the one image over them is not. buildx asks the registry from the agent here; where only the daemon reaches it, set "strategy" to single.';

/** How the merge ended. */
export type MergeResult =
  | { readonly result: 'succeeded' | 'canceled' }
  | { readonly result: 'failed'; readonly failure: OutcomeFailure };

/**
 * Makes one image of the builds for single platforms, under all tags; does nothing for a lone build. Like a failed build, a
 * failed merge is a result: there is much to tell of what was built until then.
 */
export async function mergeParts(
  { request, parts, images }: BuildPlan,
  { buildx, environment, renewLogins }: BuildSettings,
  { metadataFile }: StepPaths,
  ports: TaskPorts,
): Promise<MergeResult> {
  const { host, files } = ports;
  const apart = parts.filter(({ platform }) => platform !== undefined);
  if (apart.length === 0) return { result: 'succeeded' };
  await renewLogins();
  const metadata = await Promise.all(apart.map((part) => files.readText(part.metadataFile)));
  const merged: Record<string, string | undefined> = {};
  for (const image of images) {
    const { target } = image;
    const file = target === undefined ? metadataFile : `${metadataFile}.${target}`;
    const digests = metadata.flatMap((text) => parseMetadata(text, target).digest ?? []);
    for (const args of mergeArguments(image, digests, file)) {
      host.info(quoteCommand(buildx.file, args));
      const command = { file: buildx.file, args, env: environment, timeoutMs: mergeLimitMs };
      const result = await merge(command, request.patience.retries, ports);
      if (ports.cancellation.aborted) return { result: 'canceled' };
      if (!succeeded(result)) return { result: 'failed', failure: failureOf(result, host) };
    }
    if (target !== undefined) merged[target] = await files.readText(file);
  }
  if (images.some(({ target }) => target !== undefined)) {
    await files.writeText(metadataFile, joinedMetadata(merged));
  }
  return { result: 'succeeded' };
}

/** The images are in the registry by now, so that another try costs next to nothing. */
async function merge(
  command: Command,
  retries: number,
  { host, commands, clock, cancellation }: TaskPorts,
): Promise<CommandResult> {
  for (let retry = 1; ; retry += 1) {
    const result = await commands.run(command);
    if (
      cancellation.aborted ||
      succeeded(result) ||
      retry > retries ||
      !isPassingFailure(result.stderr)
    )
      return result;
    const waitMs = waitBefore(retry);
    const again = `It is tried again in ${formatSeconds(waitMs)} (retry ${retry} of ${retries}).`;
    const said = host.redact(result.stderr).trim().split('\n').at(-1) ?? '';
    host.warning(`The merge of the platforms failed: ${said}. ${again}`);
    await clock.sleep(waitMs);
  }
}

function failureOf(result: CommandResult, host: Pick<TaskHost, 'redact'>): OutcomeFailure {
  const { ending, lastLines } = commandFailed(result, (text) => host.redact(text)).failure;
  const said = lastLines.findLast((line) => line.trim() !== '')?.trim() ?? 'buildx told no reason';
  const what = `The merge of the platforms failed (${ending}): ${said.replace(/\.$/, '')}.`;
  return { kind: 'push', what, change: hint, message: said, lastLines, lastWords: undefined };
}
