import {
  bakeFileProblem,
  listedTargets,
  missingTarget,
  missingTargetProblem,
} from '../../src/core/bake/bake-file-problem.ts';
import type { BakeRequest } from '../../src/core/bake/bake-request.ts';
import { listArgs } from '../../src/core/bake/reading-args.ts';
import type { Command } from '../../src/core/command.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { CommandRunner } from '../../src/ports/command-runner.ts';

/**
 * What is wrong with a bake file that buildx did not take. For a target that is not there it asks for the names that are.
 * @param stderr what buildx said of the command, redacted
 */
export async function unreadBakeFile(
  stderr: string,
  asked: BakeRequest,
  command: Command,
  commands: Pick<CommandRunner, 'run'>,
): Promise<Problem> {
  const missing = missingTarget(stderr);
  if (missing === undefined) return bakeFileProblem(stderr);
  const { stdout } = await commands.run({ ...command, args: listArgs(asked) });
  return missingTargetProblem(missing, asked.targets, listedTargets(stdout));
}
