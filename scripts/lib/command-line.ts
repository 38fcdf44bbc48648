import { UserError } from '../../src/core/errors.ts';

/** Runs a script's body; a mistake to mend is told without a stack trace, exit 1. */
export async function commandLine(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
