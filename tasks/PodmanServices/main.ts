import { nodeChance } from '../../src/io/chance/node-chance.ts';
import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';
import { startServices } from './start-services.ts';

runTask(taskInputs, (inputs, ports) => startServices(inputs, { ...ports, chance: nodeChance }));
