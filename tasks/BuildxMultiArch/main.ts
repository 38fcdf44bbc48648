import { runTask } from '../../src/io/pipeline/run-task.ts';
import { taskInputs } from './inputs.generated.ts';

runTask(taskInputs, async (inputs, ports) => {
  const { buildImage } = await import('./build-image.ts');
  const { nodeContextFolder } = await import('../../src/io/files/node-context-folder.ts');
  await buildImage(inputs, { ...ports, contexts: nodeContextFolder });
});
