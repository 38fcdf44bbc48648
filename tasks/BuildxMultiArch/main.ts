import { deferredProbe } from '../../src/io/grpc-probe/deferred-probe.ts';
import { deferredHttp } from '../../src/io/http/deferred-http.ts';
import { agentRoute } from '../../src/io/pipeline/agent-route.ts';
import { agentRunHistory } from '../../src/io/pipeline/agent-run-history.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(
  taskInputs,
  async (inputs, ports) => {
    const { buildImage } = await import('./build-image.ts');
    const { nodeContextFolder } = await import('../../src/io/files/node-context-folder.ts');
    const http = deferredHttp(ports.cancellation, agentRoute);
    const history = agentRunHistory();
    const probe = deferredProbe(ports.cancellation);
    await buildImage(inputs, { ...ports, probe, contexts: nodeContextFolder, http, history });
  },
  async (inputs, ports) => (await import('./read-request.ts')).readRequest(inputs, ports),
);
