import {
  bootstrapArgs,
  createKubernetesArgs,
  isKubernetesAsPlanned,
} from '../../src/core/buildx/kubernetes-args.ts';
import { type ListedBuilder, findBuilder, lsArgs } from '../../src/core/buildx/ls-output.ts';
import { removeArgs } from '../../src/core/buildx/create-args.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import { CancelledError } from '../../src/core/errors.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { type Store, runBuildx, storeEnvironment } from './attach-builder.ts';
import type { KubernetesRequest } from './kubernetes-request.ts';

type Ports = Pick<TaskPorts, 'host' | 'commands' | 'cancellation'>;

/** buildx ends by itself after the pods' time; this is for one that does not. */
const spareMs = 15_000;
const rights =
  'The agent needs a kubeconfig or a service account that may create deployments and use pods/exec; look at the pods with kubectl, or raise connectTimeout.';

/**
 * Makes sure that the builder is there as planned and its pods are ready.
 * @returns the builder as buildx lists it
 * @throws CommandFailedError, CancelledError
 */
export async function startPods(
  request: KubernetesRequest,
  store: Store,
  ports: Ports,
): Promise<ListedBuilder | undefined> {
  const { plan } = request;
  const before = await list(plan.name, store, ports);
  if (before === undefined || !isKubernetesAsPlanned(before, plan)) {
    if (before !== undefined) await runBuildx(removeArgs(plan.name), store, ports);
    const args = createKubernetesArgs(plan);
    ports.host.info(quoteCommand(store.buildx.file, args));
    await runBuildx(args, store, ports);
  }
  await bootstrap(request, store, ports);
  return list(plan.name, store, ports);
}

async function bootstrap(
  { plan, podTimeoutSeconds }: KubernetesRequest,
  { buildx, folder }: Store,
  { host, commands, cancellation }: Ports,
): Promise<void> {
  const args = bootstrapArgs(plan.name);
  host.info(quoteCommand(buildx.file, args));
  const timeoutMs = podTimeoutSeconds * 1000 + spareMs;
  const env = storeEnvironment(folder);
  const result = await commands.stream({ file: buildx.file, args, env, timeoutMs }, (line) => {
    host.info(line);
  });
  if (cancellation.aborted) throw new CancelledError('the start of the BuildKit pods');
  if (!succeeded(result)) throw commandFailed(result, (text) => host.redact(text), rights);
}

async function list(name: string, store: Store, ports: Ports): Promise<ListedBuilder | undefined> {
  const { stdout } = await runBuildx(lsArgs, store, ports);
  return findBuilder(stdout, name);
}
