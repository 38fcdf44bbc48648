import * as v from 'valibot';

const stateText = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ init_process_pid: v.number(), init_process_start: v.number() }),
);

/** What runc notes in its state.json of the first process of a container. */
export interface FirstProcess {
  /** On the host. */
  readonly pid: number;
  /** In clock ticks since the boot: tells two processes of the same id apart. */
  readonly startedAt: number;
}

/** Undefined when the text is not runc's. */
export function firstProcess(stateJson: string): FirstProcess | undefined {
  const result = v.safeParse(stateText, stateJson);
  if (!result.success) return undefined;
  const { init_process_pid: pid, init_process_start: startedAt } = result.output;
  return { pid, startedAt };
}

/** Whether it is the process that /proc/PID/stat tells of, and has not ended (Linux, proc(5): fields 3 and 22). */
export function runsAs({ startedAt }: FirstProcess, stat: string): boolean {
  // The second field is the program's name, which may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return !['Z', 'X'].includes(fields[0] ?? 'X') && Number(fields[19]) === startedAt;
}
