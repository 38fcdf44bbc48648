import type { BuildxArchitecture } from './release.ts';

/** Where a tool lies in the agent's tool cache. */
export interface CachedTool {
  /** The program. */
  readonly file: string;
  /** An empty file beside the folder; without it the folder may be half written. */
  readonly marker: string;
}

/**
 * The place that azure-pipelines-tool-lib (tool.ts, `cacheFile`) gives a tool, so that its other users find
 * it: `<tools>/buildx/0.36.1/x64/buildx`, with `x64.complete` beside the folder.
 * @param toolsDirectory Agent.ToolsDirectory
 */
export function cachedBuildx(
  toolsDirectory: string,
  version: string,
  architecture: BuildxArchitecture,
): CachedTool {
  const folder = `${toolsDirectory}/buildx/${version}/${architecture === 'amd64' ? 'x64' : 'arm64'}`;
  return { file: `${folder}/buildx`, marker: `${folder}.complete` };
}
