import type { TaskVersion } from '../task-json/task-json.ts';

/** X.Y.Z of an extension version; undefined when it is not three numbers, Y below 100 (see taskVersion). */
function parseVersion(text: string): readonly [number, number, number] | undefined {
  const match = /^(0|[1-9]\d*)\.(0|[1-9]\d?)\.(0|[1-9]\d*)$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/**
 * The version of a task in the extension version X.Y.Z. Its Major is what pipelines write (`Task@1`) and
 * changes by hand, with the task's behaviour; Minor is 100 X + Y and Patch is Z, so that every release
 * raises every task: agents keep a task they have by its version (ado-extension.md, tfx traps).
 */
export function taskVersion(major: number, extensionVersion: string): TaskVersion | undefined {
  const parts = parseVersion(extensionVersion);
  if (parts === undefined) return undefined;
  const [x, y, z] = parts;
  return { Major: major, Minor: 100 * x + y, Patch: z };
}
