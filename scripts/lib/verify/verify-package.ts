import * as v from 'valibot';
import type { Problem } from '../../../src/core/errors.ts';
import { type PackageFile } from '../package/package-file.ts';
import { contentTypeProblems } from './content-types.ts';
import { contentProblems } from './package-content.ts';
import { taskProblems } from './package-tasks.ts';

const manifestSchema = v.object({
  contributions: v.array(
    v.object({
      type: v.string(),
      properties: v.object({ name: v.string(), uri: v.optional(v.string()) }),
    }),
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
  const { contributions } = v.parse(
    manifestSchema,
    JSON.parse(textOf(files, 'extension.vsomanifest')),
  );
  const vsixManifest = textOf(files, 'extension.vsixmanifest');
  const names = contributions
    .filter(({ type }) => type === 'ms.vss-distributed-task.task')
    .map(({ properties }) => properties.name);
  const pages = contributions.flatMap(({ properties }) => properties.uri ?? []);
  return [
    ...identityProblems(vsixManifest, version),
    ...pages.flatMap((page) => pageProblems(page, vsixManifest)),
    ...contentProblems(files, bytes),
    ...contentTypeProblems(files),
    ...taskProblems(files, names, version),
  ];
}

/** A page that is not served as a file of its own stays empty, without a word. */
function pageProblems(page: string, vsixManifest: string): readonly Problem[] {
  const [asset = ''] = new RegExp(`<Asset [^>]*Path="${page}"[^>]*>`).exec(vsixManifest) ?? [];
  if (/ (\w+:)?Addressable="true"/.test(asset)) return [];
  const what = 'A contribution shows this page, but the package does not serve it.';
  return [{ where: page, what, change: 'Pack it as an addressable file.' }];
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
