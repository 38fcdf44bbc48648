import type { Settings } from './settings-file.ts';

/** What was found and set up when the agent started; undefined for what is not there. */
export interface AgentTools {
  readonly buildkit: string | undefined;
  /** With commas between. */
  readonly platforms: string | undefined;
  readonly buildx: string | undefined;
  readonly podman: string | undefined;
}

/** The capabilities that pipelines can demand, such as `buildkit` or `podman -gtVersion 4.9`. */
export function capabilities({ buildkit, platforms, buildx, podman }: AgentTools): Settings {
  return { buildkit, 'buildkit.platforms': platforms, buildx, podman };
}

/** The version in `podman --version`'s line; undefined when it tells none. */
export function podmanVersion(output: string): string | undefined {
  return /^podman version (\S+)/m.exec(output)?.[1];
}
