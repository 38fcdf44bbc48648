import type { Problem } from '../../../src/core/errors.ts';
import type { PackageFile } from '../package/package-file.ts';
import { parseTaskJson } from '../task-json/read-tasks.ts';
import { taskJsonProblems } from '../task-json/rules.ts';
import type { TaskJson } from '../task-json/task-json.ts';
import { taskVersion } from '../version/task-version.ts';
import { pngSize } from './png-size.ts';

interface PackedTask {
  /** Such as `PodmanServices/v1`. */
  readonly folder: string;
  readonly json: TaskJson;
}

/** Problems of the tasks in the package of this extension version; `names` are the contributed folders. */
export function taskProblems(
  files: readonly PackageFile[],
  names: readonly string[],
  version: string,
): readonly Problem[] {
  const problems: Problem[] = [];
  const tasks: PackedTask[] = [];
  for (const { path, content } of files.filter((file) => file.path.endsWith('/task.json'))) {
    const read = parseTaskJson(Buffer.from(content).toString('utf8'), path);
    if (read.ok) tasks.push({ folder: path.replace('/task.json', ''), json: read.value });
    else problems.push(...read.problems);
  }
  const paths = new Map(files.map((file) => [file.path, file.content]));
  return [
    ...problems,
    ...tasks.flatMap((task) => problemsOfOne(task, paths, version)),
    ...identityProblems(tasks),
    ...names.filter((name) => !tasks.some(({ json }) => json.name === name)).map(missing),
  ];
}

function problemsOfOne(
  { folder, json }: PackedTask,
  files: ReadonlyMap<string, Uint8Array>,
  version: string,
): readonly Problem[] {
  const expected = `${json.name}/v${json.version.Major}`;
  const stamped = taskVersion(json.version.Major, version);
  const targets = [json.execution, ...(json.postjobexecution ? [json.postjobexecution] : [])]
    .flatMap((phase) => Object.values(phase))
    .map(({ target }) => target);
  const parts = [...files].flatMap(([path, content]) =>
    path.startsWith(`${folder}/dist/`) ? requiredParts(content) : [],
  );
  const icon = files.get(`${folder}/icon.png`);
  const size = icon === undefined ? undefined : pngSize(icon);
  return [
    ...taskJsonProblems(json, `${folder}/task.json`),
    ...claim(folder === expected, folder, `Expected the folder ${expected}.`),
    ...claim(sameVersion(json.version, stamped), folder, `Its version is not that of ${version}.`),
    ...claim(size === '32x32', folder, `Expected an icon.png of 32x32, found ${size ?? 'none'}.`),
    ...[...new Set(targets)].flatMap((target) =>
      claim(files.has(`${folder}/${target}`), folder, `Its handler's target ${target} is missing.`),
    ),
    ...[...new Set(parts)].flatMap((part) =>
      claim(files.has(`${folder}/dist/${part}`), folder, `Its part ${part} is missing.`),
    ),
  ];
}

/** The other files of the bundle that one of its files requires. */
function requiredParts(code: Uint8Array): readonly string[] {
  const text = Buffer.from(code).toString('utf8');
  return [...text.matchAll(/\("\.\/([\w-]+\.cjs)"\)/g)].map(([, part = '']) => part);
}

function sameVersion(a: TaskJson['version'], b: TaskJson['version'] | undefined): boolean {
  return a.Minor === b?.Minor && a.Patch === b.Patch;
}

/** The majors of one task share its GUID and name; two tasks share neither. */
function identityProblems(tasks: readonly PackedTask[]): readonly Problem[] {
  const names = new Map<string, string>();
  return tasks.flatMap(({ folder, json }) => {
    const id = json.id.toLowerCase();
    const owner = names.get(id) ?? json.name;
    names.set(id, owner);
    return claim(owner === json.name, folder, `Its GUID ${id} is that of ${owner}.`);
  });
}

function missing(name: string): Problem {
  const what = `The task ${name} is contributed, but not in the package.`;
  return { where: name, what, change: 'Pack its folder.' };
}

function claim(holds: boolean, where: string, what: string): readonly Problem[] {
  return holds
    ? []
    : [{ where, what, change: 'The rule is in scripts/lib/verify/package-tasks.ts.' }];
}
