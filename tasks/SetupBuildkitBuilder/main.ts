import { http2Probe } from '../../src/io/grpc-probe/http2-probe.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';
import { setUpBuilder } from './set-up-builder.ts';

runTask(taskInputs, (inputs, ports) =>
  setUpBuilder(inputs, { ...ports, probe: http2Probe(ports.cancellation) }),
);
