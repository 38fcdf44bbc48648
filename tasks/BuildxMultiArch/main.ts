import { deferredProbe } from '../../src/io/grpc-probe/deferred-probe.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { buildImage } = await import('./build-image.ts');
  const { nodeContextFolder } = await import('../../src/io/files/node-context-folder.ts');
  const probe = deferredProbe(ports.cancellation);
  await buildImage(inputs, { ...ports, probe, contexts: nodeContextFolder });
});
