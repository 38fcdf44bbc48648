import { UserError } from '../../src/core/errors.ts';

/** Runs a script's work; what went wrong is told without a stack trace unless it is a defect of ours. */
export async function runScript(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof UserError) console.error(`\n${error.message}`);
    else console.error(error);
  }
}
