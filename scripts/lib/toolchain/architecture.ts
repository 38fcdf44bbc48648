import { UserError } from '../../../src/core/errors.ts';

/** A processor architecture in Go's, Debian's and the OCI image specification's common spelling. */
export type Architecture = 'amd64' | 'arm64';

/** The machine's own architecture, and the other one, which QEMU emulates. */
export interface Architectures {
  readonly native: Architecture;
  readonly foreign: Architecture;
}

/**
 * Both architectures as seen from this machine.
 * @param nodeArchitecture `process.arch`
 * @throws UserError on anything but x64 and arm64.
 */
export function architectures(nodeArchitecture: string = process.arch): Architectures {
  if (nodeArchitecture === 'x64') return { native: 'amd64', foreign: 'arm64' };
  if (nodeArchitecture === 'arm64') return { native: 'arm64', foreign: 'amd64' };
  const what = `This machine's processor must be x64 or arm64, but Node reports ${nodeArchitecture}.`;
  throw new UserError([{ what, change: 'Use an x64 or arm64 machine.' }]);
}
