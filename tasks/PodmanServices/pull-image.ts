import pRetry from 'p-retry';
import { succeeded } from '../../src/core/command-failure.ts';
import type { CommandResult } from '../../src/core/command.ts';
import { CancelledError, type Problem } from '../../src/core/errors.ts';
import { hintFor } from '../../src/core/podman/failure-hints.ts';
import { isPassingFailure } from '../../src/core/registry/passing-failure.ts';
import { mirroredReference } from '../../src/core/podman/pull-reference.ts';
import { mustPodman, pastable, podmanCommand } from './podman.ts';
import type { StepContext } from './step-context.ts';

const retries = 2;
const firstPauseMs = 1_000;
/** From the first word of Podman to the image's manifest; layers may take as long as they need. */
const silenceMs = 20_000;
const answered = /Getting image source signatures|Copying/;

/** A pull that ended badly. */
class PullError extends Error {
  readonly result: CommandResult;
  constructor(result: CommandResult) {
    super('podman pull failed');
    this.result = result;
  }
}

/** Pulls an image, again when the trouble may pass. Undefined: it is here now. */
export async function pullImage(
  image: string,
  authFile: string | undefined,
  context: StepContext,
): Promise<Problem | undefined> {
  const { request, ports } = context;
  const source = mirroredReference(image, request.registryMirror);
  const begin = ports.clock.now();
  try {
    await pRetry(() => attempt(source, authFile, context), {
      retries,
      minTimeout: 0,
      shouldRetry: ({ error }) =>
        error instanceof PullError && isPassingFailure(error.result.stderr),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!(error instanceof PullError) || !isPassingFailure(error.result.stderr)) return;
        if (retriesLeft === 0) return;
        ports.host.info(`${source}: ${lastWords(error.result, context)}; trying again.`);
        await ports.clock.sleep(firstPauseMs * 2 ** (attemptNumber - 1));
      },
    });
  } catch (error) {
    if (error instanceof PullError) return problemOf(source, error.result, context);
    throw error;
  }
  await nameIt(source, image, context);
  const seconds = ((ports.clock.now() - begin) / 1000).toFixed(1);
  ports.host.info(`${source} pulled in ${seconds} s.`);
  return undefined;
}

async function attempt(
  source: string,
  authFile: string | undefined,
  { ports, deadline }: StepContext,
): Promise<void> {
  const during = `the pull of ${source}`;
  throwIfCancelled(during, ports);
  const login = authFile === undefined ? [] : ['--authfile', authFile];
  const timeoutMs = Math.max(1_000, deadline - ports.clock.now());
  const options = { during, timeoutMs, onCancel: 'interrupt' } as const;
  const command = {
    ...podmanCommand(['pull', ...login, source], options, ports),
    answer: { pattern: answered, withinMs: Math.min(silenceMs, timeoutMs) },
  };
  ports.host.info(pastable(command, ports));
  const result = await ports.commands.stream(command, () => undefined);
  throwIfCancelled(during, ports);
  if (!succeeded(result)) throw new PullError(result);
}

function throwIfCancelled(during: string, { cancellation }: StepContext['ports']): void {
  if (cancellation.aborted) throw new CancelledError(during);
}

/** What came from a mirror gets the name that everybody knows it by. */
async function nameIt(source: string, image: string, { ports }: StepContext): Promise<void> {
  if (source === image) return;
  const [name = image] = image.split('@');
  const tag = image.includes('@') ? `${name}:mirrored` : image;
  await mustPodman(['tag', source, tag], { during: `the pull of ${image}` }, ports);
}

function problemOf(source: string, result: CommandResult, context: StepContext): Problem {
  const { ending } = result;
  if (ending.kind === 'timed-out') {
    const seconds = Math.round(ending.afterMs / 1000);
    const isSilent = !answered.test(result.stderr);
    const what = isSilent
      ? `The image ${source} could not be pulled: its registry did not answer within ${seconds} s.`
      : `The image ${source} was not pulled when overallTimeout was over.`;
    const change = isSilent
      ? 'Check that this agent reaches the registry, or name a registryMirror.'
      : 'Set overallTimeout higher, or pull from a registryMirror nearby.';
    return { what, change };
  }
  const hint = hintFor(result.stderr) ?? 'Check its name, and that the agent reaches the registry.';
  const what = `The image ${source} could not be pulled. ${lastWords(result, context)}`;
  return { what, change: hint };
}

function lastWords({ stderr }: CommandResult, { ports }: StepContext): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return ports.host.redact(lines.at(-1)?.trim() ?? 'Podman said nothing');
}
