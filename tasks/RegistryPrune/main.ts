import { deferredHttp } from '../../src/io/http/deferred-http.ts';
import { agentRoute } from '../../src/io/pipeline/agent-route.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(
  taskInputs,
  async (inputs, ports) => {
    const { pruneImages } = await import('./prune-images.ts');
    // A cancel begins nothing more; what has begun is waited for, so that it is known what was deleted.
    const unbroken = new AbortController().signal;
    await pruneImages(inputs, { ...ports, http: deferredHttp(unbroken, agentRoute) });
  },
  async (inputs, ports) => (await import('./read-request.ts')).readRequest(inputs, ports),
);
