import { removeWithPodsArgs } from '../../src/core/buildx/kubernetes-args.ts';
import { commandFailed, succeeded } from '../../src/core/command-failure.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { storeEnvironment } from './attach-builder.ts';
import type { BuilderRecord } from './state.ts';

const limitMs = 60_000;

/** Deletes the pods of a builder that ends with the job; what cannot be deleted is told, and no failure. */
export async function removePods(
  { builderName, store, podsOf }: BuilderRecord,
  { host, files, commands }: Pick<TaskPorts, 'host' | 'files' | 'commands'>,
): Promise<void> {
  const isThere = (await files.exists(`${store}/instances/${builderName}`)) === 'file';
  if (podsOf === undefined || !isThere) return;
  const result = await commands.run({
    file: podsOf.buildx,
    args: removeWithPodsArgs(builderName),
    env: storeEnvironment(store),
    timeoutMs: limitMs,
    onCancel: 'finish',
  });
  if (succeeded(result)) {
    host.info(`Deleted the BuildKit pods of ${builderName}.`);
    return;
  }
  const { message } = commandFailed(result, (text) => host.redact(text));
  const left = `kubectl delete deployment,statefulset ${builderName}`;
  host.warning(`The BuildKit pods may still run; delete them with: ${left}\n${message}`);
}
