import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { DialCommand } from '../../core/buildkit/dial-command.ts';
import type { ProbeFailure } from '../../core/buildkit/probe-cause.ts';
import type { Connection } from '../grpc-probe/connection.ts';

/** A connection over the input and output of kubectl or ssh, which buildx starts the same way. */
export interface ProgramConnection extends Connection {
  /** Why a talk broke off, if that was because the program ended. */
  failure(): Promise<ProbeFailure | undefined>;
}

/** How long a program may take to end once its output has. */
const endsWithinMs = 1_000;
const keptBytes = 64 * 1024;

export function openProgram(command: DialCommand): ProgramConnection {
  const child = start(command);
  const stream = child.duplex({ binary: true });
  let hasAnswered = false;
  child.stdout.once('data', () => {
    hasAnswered = true;
  });
  return {
    stream,
    isOpen: () => hasAnswered,
    close: () => {
      stream.destroy();
      child.kill();
    },
    failure: async () => {
      const result = await Promise.race([child, sleep(endsWithinMs, undefined, { ref: false })]);
      if (result === undefined) return undefined;
      const { exitCode, stderr: said } = result;
      const ended = exitCode === undefined ? {} : { exitCode };
      return { kind: 'program', program: command.file, said, ...ended };
    },
  };
}

function start({ file, args }: DialCommand) {
  return execa(file, args, {
    reject: false,
    buffer: { stdout: false },
    maxBuffer: keptBytes,
    env: { VSTS_PROCESS_LOOKUP_ID: undefined },
    forceKillAfterDelay: endsWithinMs,
  });
}
