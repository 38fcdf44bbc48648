import { checks } from './lib/check/checks.ts';
import { runChecks } from './lib/check/run-checks.ts';
import { runScript } from './lib/run-script.ts';

await runScript(async () => {
  const wanted = process.argv.includes('--static')
    ? checks.filter(({ kind }) => kind === 'static')
    : checks;
  const results = await runChecks(wanted, ({ name, passed, seconds, output }) => {
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(14)}${seconds.toFixed(1)} s`);
    if (!passed) console.log(output.trim());
  });
  const failed = results.filter(({ passed }) => !passed).map(({ name }) => name);
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}.`);
  process.exitCode = failed.length > 0 ? 1 : 0;
});
