import { agentRoute } from '../../src/io/pipeline/agent-route.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(
  taskInputs,
  async (inputs, ports) => {
    const { nodeResolver } = await import('../../src/io/dns/node-resolver.ts');
    const { http2Probe } = await import('../../src/io/grpc-probe/http2-probe.ts');
    const { deferredFetcher } = await import('../../src/io/http/deferred-fetcher.ts');
    const { setUp } = await import('./set-up.ts');
    const { cancellation } = ports;
    const fetcher = deferredFetcher(cancellation, agentRoute);
    const resolver = nodeResolver(cancellation);
    await setUp(inputs, { ...ports, probe: http2Probe(cancellation), resolver, fetcher });
  },
  async (inputs, ports) => (await import('./set-up.ts')).checkInputs(inputs, ports),
);
