import { nodeChance } from '../../src/io/chance/node-chance.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { performCommand } = await import('./perform-command.ts');
  await performCommand(inputs, { ...ports, chance: nodeChance });
});
