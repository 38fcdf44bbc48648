import { nodeChance } from '../../src/io/chance/node-chance.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { startServices } = await import('./start-services.ts');
  await startServices(inputs, { ...ports, chance: nodeChance });
});
