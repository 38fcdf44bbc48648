import { nodeChance } from '../../src/io/chance/node-chance.ts';
import { deferredHttp } from '../../src/io/http/deferred-http.ts';
import { agentRoute } from '../../src/io/pipeline/agent-route.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import type { TaskPorts } from '../../src/ports/task-ports.ts';
import { taskInputs } from './inputs.generated.ts';
import type { ServicesPorts } from './services-ports.ts';

function withOwn(ports: TaskPorts): ServicesPorts {
  return { ...ports, chance: nodeChance, http: deferredHttp(ports.cancellation, agentRoute) };
}

runTask(
  taskInputs,
  async (inputs, ports) =>
    (await import('./perform-command.ts')).performCommand(inputs, withOwn(ports)),
  async (inputs, ports) =>
    (await import('./perform-command.ts')).checkInputs(inputs, withOwn(ports)),
);
