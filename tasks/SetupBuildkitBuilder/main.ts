import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { http2Probe } = await import('../../src/io/grpc-probe/http2-probe.ts');
  const { setUpBuilder } = await import('./set-up-builder.ts');
  await setUpBuilder(inputs, { ...ports, probe: http2Probe(ports.cancellation) });
});
