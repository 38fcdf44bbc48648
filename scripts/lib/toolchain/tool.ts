export type ToolName =
  | 'buildkitd'
  | 'buildctl'
  | 'buildx'
  | 'registry'
  | 'helm'
  | 'kubeconform'
  | 'compose-oracle'
  | 'kubernetes'
  | 'coredns'
  | 'kaniko';

/** How one tool is known, found, downloaded and built. */
export interface Tool {
  readonly name: ToolName;
  /** Sub-folder of `toolchain` with the go.mod; absent: the folder itself. Modules whose requirements disagree live apart. */
  readonly folder?: string;
  /** Only tests need it: the demo and the pipelines at a desk do without. */
  readonly isForTests?: true;
  /** Go module, whose version in go.mod is the tool's version. */
  readonly module: string;
  /** The package with its `main` function. */
  readonly package: string;
  /** The string variable that holds the version: without it the tool prints `v0.0.0+unknown`. */
  readonly versionVariable: string;
  /** More string variables of the tool, by a version such as `v1.37.2`. */
  readonly moreVariables?: (version: string) => Readonly<Record<string, string>>;
  /** Arguments that make it print its version. */
  readonly versionArguments: readonly string[];
  /** The official release file, where it may be used instead of a build; `entry` is the tool's path inside a tar archive, absent for a bare binary. */
  readonly archive?: (
    version: string,
    architecture: string,
  ) => { readonly file: string; readonly release: string; readonly entry?: string };
  /** How long a first build with Go takes on two cores. */
  readonly buildTime: string;
  /** How long a build may take; 20 minutes without it. */
  readonly buildLimitMinutes?: number;
}
