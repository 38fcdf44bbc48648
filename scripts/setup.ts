import { setUp } from './lib/setup/set-up.ts';
import { runScript } from './lib/run-script.ts';

await runScript(() =>
  setUp((line) => {
    console.error(line.startsWith(' ') ? line : `set-up: ${line}`);
  }),
);
