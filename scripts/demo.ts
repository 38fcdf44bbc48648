import { parseArgs } from 'node:util';
import { UserError } from '../src/core/errors.ts';
import { runDemo } from './lib/demo/demo.ts';

const { values } = parseArgs({
  options: { node: { type: 'string' }, state: { type: 'string', default: '.playground/demo' } },
});

const controller = new AbortController();
const cancel = (): void => {
  console.log(controller.signal.aborted ? 'Still stopping …' : '\nStopping …');
  controller.abort();
};
process.on('SIGINT', cancel);
process.on('SIGTERM', cancel);

try {
  process.exitCode = await runDemo({
    stateDir: values.state,
    node: values.node,
    cancellation: controller.signal,
    log: console.log,
  });
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
