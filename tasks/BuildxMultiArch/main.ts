import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { buildImage } = await import('./build-image.ts');
  await buildImage(inputs, ports);
});
