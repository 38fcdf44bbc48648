import * as v from 'valibot';
import type { Problem } from '../../../src/core/errors.ts';
import { type PackageFile } from '../package/package-file.ts';
import { contentTypeProblems } from './content-types.ts';
import { contentProblems } from './package-content.ts';
import { taskProblems } from './package-tasks.ts';

const manifestSchema = v.object({
  contributions: v.array(
    v.object({ type: v.string(), properties: v.object({ name: v.string() }) }),
  ),
});

export interface PackedExtension {
  readonly files: readonly PackageFile[];
  readonly bytes: number;
}

/** Every problem of a packed extension, seen as the Marketplace and an agent will see it. */
export function verifyPackage(
  { files, bytes }: PackedExtension,
  version: string,
): readonly Problem[] {
  const names = contributedTasks(textOf(files, 'extension.vsomanifest'));
  return [
    ...identityProblems(textOf(files, 'extension.vsixmanifest'), version),
    ...contentProblems(files, bytes),
    ...contentTypeProblems(files),
    ...taskProblems(files, names, version),
  ];
}

function contributedTasks(manifest: string): readonly string[] {
  const contributions = v.parse(manifestSchema, JSON.parse(manifest)).contributions;
  const tasks = contributions.filter(({ type }) => type === 'ms.vss-distributed-task.task');
  return tasks.map(({ properties }) => properties.name);
}

function identityProblems(vsixManifest: string, version: string): readonly Problem[] {
  const found = /<Identity[^>]*\sVersion="([^"]*)"/.exec(vsixManifest)?.[1];
  if (found === version) return [];
  const what = `Expected version ${version}, found ${found ?? 'none'}.`;
  return [{ where: 'extension.vsixmanifest', what, change: 'Run `npm run set-version`.' }];
}

function textOf(files: readonly PackageFile[], path: string): string {
  return Buffer.from(files.find((file) => file.path === path)?.content ?? []).toString('utf8');
}
