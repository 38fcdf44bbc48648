import { execa } from 'execa';
import { UserError } from '../../../src/core/errors.ts';
import type { Tool } from './tool.ts';
import { moduleFolder, requiredGoVersion, toolVersion } from './tools.ts';

const usualLimitMinutes = 20;

/**
 * Builds a tool from its toolchain module, version stamped, into a file. Go's own build cache makes a
 * build that was killed half-way continue where it stopped.
 * @throws UserError when Go is missing, or with the last lines of a build that failed.
 */
export async function buildWithGo(tool: Tool, output: string): Promise<void> {
  const argv = ['build', '-trimpath', '-buildvcs=false', '-ldflags', linking(tool), '-o', output];
  const result = await execa('go', [...argv, tool.package], {
    cwd: moduleFolder(tool),
    env: { CGO_ENABLED: '0', GOWORK: 'off' },
    reject: false,
    timeout: limitMinutes(tool) * 60_000,
  });
  if (result.exitCode === 0) return;
  throw result.code === 'ENOENT' ? goIsMissing(tool) : buildFailed(tool, result);
}

/** Without symbol tables, with the version stamped. */
function linking(tool: Tool): string {
  const version = toolVersion(tool);
  const variables = { [tool.versionVariable]: version, ...tool.moreVariables?.(version) };
  return ['-s -w', ...Object.entries(variables).map((pair) => `-X ${pair.join('=')}`)].join(' ');
}

function limitMinutes({ buildLimitMinutes = usualLimitMinutes }: Tool): number {
  return buildLimitMinutes;
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
  const how = result.timedOut ? `did not end within ${limitMinutes(tool)} minutes` : 'failed';
  return new UserError([
    {
      what: `Building ${tool.name} with Go ${how}:\n${lines}`,
      change:
        '\nMend what Go reports, then run scripts/setup again: it continues where it stopped.',
    },
  ]);
}
