import type { SshForward } from '../buildx/ssh-lines.ts';
import type { BakeRequest } from './bake-request.ts';

/** What a bake file is read with, beside the request for it. */
export interface Reading {
  readonly ssh: readonly SshForward[];
  /** Of the file, where buildx may not find them in its environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The first buildx with `--var` (docker/buildx pull request 3610). */
export const variablesSince = '0.31.0';

/** Has buildx print what a bake file comes to, in place of building it. */
export function printArgs(asked: BakeRequest, { ssh, variables }: Reading): readonly string[] {
  return [
    ...[...fileArgs(asked), '--print'],
    ...Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
    // buildx looks for the agent here already, though keys of the input take the place of the file's.
    ...(ssh.length === 0 ? [] : ['--set', '*.ssh=']),
    ...asked.overrides.flatMap((override) => ['--set', override]),
    ...asked.targets,
  ];
}

/** Has buildx tell the targets and groups of a bake file; since buildx 0.20. */
export function listArgs(asked: BakeRequest): readonly string[] {
  return [...fileArgs(asked), '--list=type=targets,format=json'];
}

function fileArgs({ files }: BakeRequest): readonly string[] {
  return ['bake', '--progress=quiet', ...files.flatMap((file) => ['--file', file])];
}
