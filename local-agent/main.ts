import { onCancelSignals } from './cli/cancel-signals.ts';
import { lineWriter } from './cli/console.ts';
import { parseOptions, USAGE, UsageError } from './cli/options.ts';
import { runPipeline } from './cli/run-pipeline.ts';
import type { TaskResult } from './agent/result.ts';
import { InvalidInputError } from './server/yaml/problem.ts';

const EXIT_CODES: Partial<Record<TaskResult, number>> = {
  Succeeded: 0,
  SucceededWithIssues: 0,
  Canceled: 130,
};

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const write = lineWriter(process.stdout);
  if (options === 'help') {
    write(USAGE);
    return 0;
  }
  const cancel = onCancelSignals(write);
  try {
    const result = await runPipeline(options, write, cancel.signal);
    return EXIT_CODES[result] ?? 1;
  } finally {
    cancel.stop();
  }
}

/** A user's mistake is a sentence; anything else is a defect and shows its stack. */
function explain(error: unknown): string {
  if (error instanceof InvalidInputError) return error.message;
  if (error instanceof UsageError)
    return `local agent: ${error.message} (--help shows the options)`;
  throw error;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 2;
}
// A process that holds a pipe of a finished step must not keep the agent from ending.
process.stdout.write('', () => process.exit());
