import type { SshForward } from '../buildx/ssh-lines.ts';
import type { BakeRequest } from './bake-request.ts';

/** Has buildx print what a bake file comes to, in place of building it. */
export function printArgs(asked: BakeRequest, ssh: readonly SshForward[]): readonly string[] {
  return [
    ...[...fileArgs(asked), '--print'],
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
