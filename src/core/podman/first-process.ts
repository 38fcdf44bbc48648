import * as v from 'valibot';

const ofRunc = v.pipe(
  v.object({ init_process_pid: v.number(), init_process_start: v.number() }),
  v.transform((state) => ({ pid: state.init_process_pid, startedAt: state.init_process_start })),
);
const ofCrun = v.pipe(
  v.object({ pid: v.number(), 'process-start-time': v.number() }),
  v.transform((state) => ({ pid: state.pid, startedAt: state['process-start-time'] })),
);
const stateText = v.pipe(v.string(), v.parseJson(), v.union([ofRunc, ofCrun]));

/** What runc notes in its state.json, and crun in its status, of the first process of a container. */
export interface FirstProcess {
  /** On the host. */
  readonly pid: number;
  /** In clock ticks since the boot: tells two processes of the same id apart. */
  readonly startedAt: number;
}

/** Undefined when the text is neither's. */
export function firstProcess(stateJson: string): FirstProcess | undefined {
  const result = v.safeParse(stateText, stateJson);
  return result.success ? result.output : undefined;
}

/** Whether it is the process that /proc/PID/stat tells of, and has not ended (Linux, proc(5): fields 3 and 22). */
export function runsAs({ startedAt }: FirstProcess, stat: string): boolean {
  // The second field is the program's name, which may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return !['Z', 'X'].includes(fields[0] ?? 'X') && Number(fields[19]) === startedAt;
}
