import { deferredProbe } from '../../src/io/grpc-probe/deferred-probe.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { buildImage } = await import('./build-image.ts');
  await buildImage(inputs, { ...ports, probe: deferredProbe(ports.cancellation) });
});
