import { isAbsolute } from 'node:path/posix';
import { readWords } from '../../src/core/compose/shell-words.ts';
import type { Problem } from '../../src/core/errors.ts';
import { type Parsed, parsed, rejected } from '../../src/core/parsed.ts';
import type { PodmanProgram } from './services-ports.ts';

interface ProgramInputs {
  readonly podmanPath: string | undefined;
  readonly podmanArguments: readonly string[];
}

/** Which Podman is called, and with what before every subcommand. */
export function parseProgram(inputs: ProgramInputs): Parsed<PodmanProgram> {
  const { podmanPath = 'podman', podmanArguments } = inputs;
  const lines = podmanArguments.map(readWords);
  const globalArgs = lines.flatMap((words) => ('value' in words ? words.value : []));
  const problems: readonly Problem[] = [
    ...(isAbsolute(podmanPath) || !podmanPath.includes('/') ? [] : [relative(podmanPath)]),
    ...lines.flatMap((words, at) => ('value' in words ? [] : [unreadable(at + 1)])),
    ...podmanArguments.filter((line) => !line.startsWith('-')).map(noOption),
  ];
  return problems.length > 0
    ? rejected(...problems)
    : parsed({ file: podmanPath, globalArgs, env: {} });
}

function relative(path: string): Problem {
  const what = `Expected a name on PATH or an absolute path, found "${path}".`;
  return { where: 'podmanPath', what, change: 'Write e.g. /opt/podman/bin/podman.' };
}

function unreadable(line: number): Problem {
  const what = `Line ${line} has a quote without its partner.`;
  return { where: 'podmanArguments', what, change: 'Close it.' };
}

function noOption(line: string): Problem {
  return {
    where: 'podmanArguments',
    what: `Expected an option that stands before Podman's subcommand, found "${line}".`,
    change: 'Begin each line with -, e.g. --log-level=debug.',
  };
}
