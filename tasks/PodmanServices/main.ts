import { nodeChance } from '../../src/io/chance/node-chance.ts';
import { deferredHttp } from '../../src/io/http/deferred-http.ts';
import { agentRoute } from '../../src/io/pipeline/agent-route.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(
  taskInputs,
  async (inputs, ports) => {
    const http = deferredHttp(ports.cancellation, agentRoute);
    const { performCommand } = await import('./perform-command.ts');
    await performCommand(inputs, { ...ports, chance: nodeChance, http });
  },
  async (inputs, ports) => (await import('./perform-command.ts')).checkInputs(inputs, ports),
);
