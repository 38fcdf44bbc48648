import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';
import { moduleFolder, requiredGoVersion, toolVersion, type Tool } from './tools.ts';

const limit = 20 * 60_000;

/**
 * Builds a tool from its toolchain module, version stamped, into a file. Go's own build cache makes a
 * build that was killed half-way continue where it stopped.
 * @throws UserError when Go is missing, or with the last lines of a build that failed.
 */
export async function buildWithGo(tool: Tool, output: string): Promise<void> {
  const stamp = `-s -w -X ${tool.versionVariable}=${toolVersion(tool)}`;
  const argv = ['build', '-trimpath', '-buildvcs=false', '-ldflags', stamp, '-o', output];
  const result = await execa('go', [...argv, tool.package], {
    cwd: moduleFolder(tool),
    env: { CGO_ENABLED: '0', GOWORK: 'off' },
    reject: false,
    timeout: limit,
  });
  if (result.exitCode === 0) return;
  throw result.code === 'ENOENT' ? goIsMissing(tool) : buildFailed(tool, result);
}

function goIsMissing(tool: Tool): UserError {
  const version = requiredGoVersion(tool);
  return new UserError([
    {
      what: `Go ${version} or newer is needed to build ${tool.name}${tool.archive === undefined ? '' : ' (its release could not be downloaded)'}, but there is no "go" on PATH.`,
      change: `Install it as https://go.dev/doc/install says, or let this machine reach https://github.com.`,
    },
  ]);
}

function buildFailed(tool: Tool, result: { stderr: string; timedOut: boolean }): UserError {
  const lines = result.stderr.split('\n').slice(-20).join('\n');
  const how = result.timedOut ? `did not end within ${limit / 60_000} minutes` : 'failed';
  return new UserError([
    {
      what: `Building ${tool.name} with Go ${how}:\n${lines}`,
      change:
        '\nMend what Go reports, then run scripts/setup again: it continues where it stopped.',
    },
  ]);
}
