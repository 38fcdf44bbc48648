/**
 * A program for tests to kill: starts a playground in the folder given as argument, says so by one line of
 * JSON, ignores Ctrl+C, and waits to be killed.
 */
import { startPlayground } from '../../scripts/lib/playground/start-playground.ts';

const [, , stateDir = ''] = process.argv;
process.on('SIGINT', () => undefined);
const playground = await startPlayground({
  stateDir,
  builders: [{ name: 'main' }],
  registries: [{ name: 'main' }],
});
const { address, pid } = playground.builder('main');
const { host } = playground.registry('main');
const { environment } = playground;
process.stdout.write(`${JSON.stringify({ address, pid, host, environment })}\n`);
setInterval(() => undefined, 60_000);
